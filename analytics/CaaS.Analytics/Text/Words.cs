using System.Buffers;
using System.Collections.Frozen;

namespace CaaS.Analytics.Text;

/// <summary>Puts the forms of an English word together, and the words operators use for one thing.</summary>
/// <remarks>
/// Steps 1a, 1b and 5a of M. F. Porter, "An algorithm for suffix stripping" (1980); the later steps, which join words
/// of different meaning, are left out.
/// </remarks>
internal static class Words
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly FrozenSet<string> Stops = FrozenSet.ToFrozenSet(
        ("a about after all also an and any are as at be been before being but by can could did do does during each ever "
        + "for from had has have he her his how i if in into is it its itself just may me might more most my no not now "
        + "of off on once one only or other our out over own she should since so some such than that the their them then "
        + "there these they this those through to too under until up us use used uses using very was we were what when "
        + "where which while who whom whose why will with without would you your").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Words for one thing; the first stands for all.</summary>
    private static readonly string[][] Groups =
    [
        ["cpu", "processor"], ["memory", "mem", "rss"], ["oom", "oomkilled", "oomkill"], ["slow", "latency", "slowness"],
        ["release", "deploy", "rollout", "redeploy"], ["rollback", "revert"], ["fail", "failure"],
        ["config", "configuration", "configmap", "setting"], ["crash", "crashloop"], ["neighbour", "neighbor"],
        ["node", "nodes", "kubelet"], ["leak", "leakage"], ["timeout", "timedout"], ["contention", "contend", "starvation"],
        ["dependency", "callee", "upstream", "downstream"],
    ];

    private static readonly FrozenDictionary<string, string> Same = Groups
        .SelectMany(group => group.Select(word => (From: Stem(word), To: Stem(group[0]))))
        .DistinctBy(pair => pair.From, StringComparer.Ordinal)
        .ToFrozenDictionary(pair => pair.From, pair => pair.To, StringComparer.Ordinal);

    /// <summary>The term of a word.</summary>
    /// <param name="word">Lower-case letters.</param>
    /// <returns>The term, or empty for a word that says nothing.</returns>
    public static string Term(string word)
    {
        if (word.Length < 2 || Stops.Contains(word))
        {
            return "";
        }

        var stem = Stem(word);
        return Same.GetValueOrDefault(stem, stem);
    }

    private static string Stem(string word)
    {
        if (word.Length <= 3)
        {
            return word;
        }

        var stem = Joined(Single(word));
        if (stem.Length >= 5 && stem[^1] == 'e')
        {
            stem = stem[..^1];
        }

        return stem.Length > 3 && stem[^1] == 'y' && !IsVowel(stem[^2]) ? stem[..^1] + "i" : stem;
    }

    /// <summary>Takes a plural's ending off.</summary>
    private static string Single(string word) => word switch
    {
        [.., 's', 's', 'e', 's'] or [.., 'x', 'e', 's'] or [.., 'c', 'h', 'e', 's'] or [.., 's', 'h', 'e', 's'] => word[..^2],
        [_, _, .., 'i', 'e', 's'] => word[..^3] + "y",
        [.., 's', 's'] or [.., 'u', 's'] or [.., 'i', 's'] => word,
        [.., 's'] => word[..^1],
        _ => word,
    };

    /// <summary>Takes <c>-ed</c> and <c>-ing</c> off what remains a word.</summary>
    private static string Joined(string word)
    {
        var ending = word.EndsWith("ing", StringComparison.Ordinal) ? 3 : word.EndsWith("ed", StringComparison.Ordinal) ? 2 : 0;
        var rest = word.Length - ending;
        if (ending == 0 || rest < 3 || !word.AsSpan(0, rest).ContainsAny(Vowels))
        {
            return word;
        }

        var isDoubled = word[rest - 1] == word[rest - 2] && !IsVowel(word[rest - 1]) && word[rest - 1] is not ('l' or 's' or 'z');
        return word[..(isDoubled ? rest - 1 : rest)];
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u';
}
