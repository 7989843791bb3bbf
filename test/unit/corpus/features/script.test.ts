import assert from 'node:assert/strict';
import { scriptOf } from '../../../../src/corpus/script';

describe('how a text is written', () => {
  const cases: Record<string, string> = {
    'Rita lives in Lisbon .': 'spaced',
    '나는 학교에 간다 .': 'spaced',
    'Мир , труд , май': 'spaced',
    '我 喜 歡 北 京 。': 'characters',
    '我们 喜欢 北京 。': 'words',
    '東京 に 行き ます 。': 'words',
    'ผม ชอบ กรุงเทพ': 'words',
    'ຂ້ອຍ ຢູ່ ວຽງຈັນ': 'words',
    'ខ្ញុំ ទៅ ផ្ទះ': 'words',
    'ကျွန်တော် သွား သည်': 'words',
    'the 北京 office of a firm': 'spaced',
  };
  for (const [text, script] of Object.entries(cases)) {
    it(`${text}: ${script}`, () => {
      const counts = new Map<string, number>();
      for (const word of text.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
      assert.equal(scriptOf(counts), script);
    });
  }

  it('nothing at all is written with spaces', () => assert.equal(scriptOf(new Map()), 'spaced'));
});
