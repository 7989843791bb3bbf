import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError, messageWithHint } from '../../../src/common/errors';
import { messagesInUse, t, translated, useMessages } from '../../../src/common/l10n';

describe('messages in another language', () => {
  afterEach(() => useMessages(undefined));

  it('are in English at first', () => {
    assert.equal(messagesInUse(), undefined);
    assert.equal(t('{0} of {1}', 1, 2), '1 of 2');
  });

  it('have the values where the other language has them', () => {
    useMessages({ '{0} of {1} rows': '{1} 行中有 {0} 行' });
    assert.equal(t('{0} of {1} rows', 3, '12'), '12 行中有 3 行');
    assert.equal(translated('{0} of {1} rows'), '{1} 行中有 {0} 行');
  });

  it('are in English where the other language lacks them, whatever they are called', () => {
    useMessages({ Stop: '停止' });
    for (const message of ['Pause', 'constructor', '__proto__', 'toString'])
      assert.equal(t(message), message);
  });

  it('take values as they are: no placeholder in one is filled in', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, second) => {
        assert.equal(t('{0}|{1}', `{1}${first}`, `$&${second}`), `{1}${first}|$&${second}`);
      }),
    );
  });

  it('join a fault and its hint as the language does', () => {
    const fault = new InputError('没有列。', { hint: '请选择。' });
    assert.equal(messageWithHint(fault), '没有列。 请选择。');
    useMessages({ '{0} {1}': '{0}{1}' });
    assert.equal(messageWithHint(fault), '没有列。请选择。');
  });
});
