using CaaS.Analytics.LogTemplates;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests.LogTemplates;

public class LogMinerProperties
{
    private static readonly string[] Parts =
    [
        "user", "anna", "bert", "cleo", "dora", "for", "from", "=", " ", " ", " ", "7", "12ms", "10.0.0.1:80", "eth0", "eth1", "(", ")", "[", "]",
        "\"", "'", "<", ">", ":", ",", "/var/x", "a.b.c", "node-3", "true", "false", "null", "0xff", "...", "****", "#1#", "+0x1f", "Jun 11 03:28:22",
        "\n", "\t", "é", "\uD800", "x_1", "@", "\\", "C:\\x\\*", "~", "-", "KB", "<1 sec", "key=", "Foo.BarException",
    ];

    private static readonly Arbitrary<string[]> Lines =
        Gen.Elements(Parts).ListOf(12).Select(parts => string.Concat(parts)).ArrayOf().ToArbitrary();

    [Property(MaxTest = 150)]
    public Property Any_text_is_cut_into_pieces_that_lie_in_it_in_order() => Prop.ForAll(Lines, lines =>
    {
        var tokens = new LogToken[64];
        foreach (var line in lines)
        {
            var count = new LogScanner(line, tokens).Scan();
            var at = 0;
            for (var index = 0; index < count; index++)
            {
                Assert.InRange(tokens[index].Start, at, line.Length);
                Assert.InRange(tokens[index].End, tokens[index].Start, line.Length);
                at = tokens[index].End;
            }
        }
    });

    [Property(MaxTest = 150)]
    public Property The_same_lines_give_the_same_patterns() => Prop.ForAll(Lines, lines =>
        Assert.Equal(Mine(lines), Mine(lines)));

    [Property(MaxTest = 150)]
    public Property Merging_never_splits_and_an_id_told_is_never_lost() => Prop.ForAll(Lines, lines =>
    {
        var miner = new LogMiner(new LogMinerOptions());
        var told = lines.Select(line => (Line: line, Pattern: miner.Add(line)!, miner.Patterns.Count)).ToArray();
        var together = told.GroupBy(item => item.Pattern.Heir).ToArray();
        miner.Settle();

        foreach (var group in together)
        {
            Assert.Single(group.Select(item => item.Pattern.Heir).Distinct());
        }

        foreach (var (line, pattern, _) in told)
        {
            Assert.Same(pattern, miner.Find(pattern.Id));
            Assert.Same(pattern.Heir, miner.Add(line)!.Heir);
        }
    });

    [Property(MaxTest = 150)]
    public Property Nothing_is_put_together_under_the_same_version() => Prop.ForAll(Lines, lines =>
    {
        var miner = new LogMiner(new LogMinerOptions());
        foreach (var line in lines)
        {
            miner.Add(line);
        }

        var before = miner.Patterns.Select(pattern => (pattern, pattern.Heir, pattern.Heir.Version)).ToArray();
        miner.Settle();

        foreach (var (pattern, heir, version) in before)
        {
            var taken = before.Where(other => other.pattern.Heir == heir).Count(other => other.Heir != heir);
            Assert.True(taken == 0 || heir.Version > version, pattern.Id);
        }
    });

    [Property(MaxTest = 100)]
    public Property Patterns_of_plain_lines_do_not_depend_on_their_order(int seed)
    {
        string[] names = ["anna", "bert", "cleo", "dora"];
        string[] states = ["started", "stopped", "paused"];
        string[] lines =
        [
            .. Enumerable.Range(0, 20).Select(index => $"Order {index} took {index * 3}ms"),
            .. Enumerable.Range(0, 14).Select(index => $"{(char)('p' + (index % 7))}{(char)('g' + (index / 7))}oo startup succeeded"),
            .. names.Select(name => $"session opened for user {name} (uid=0)"),
            .. states.Select(state => $"Job 4 {state}"),
        ];
        var shuffled = lines.ToArray();
        new System.Random(seed).Shuffle(shuffled);

        return (Groups(lines) == Groups(shuffled)).ToProperty();
    }

    private static string[] Mine(string[] lines)
    {
        var miner = new LogMiner(new LogMinerOptions());
        var told = lines.Select(line => miner.Add(line)!).ToArray();
        miner.Settle();
        return [.. told.Select(pattern => $"{pattern.Id} {pattern.Heir.Id} {pattern.Heir.Version} {pattern.Heir.Text}")];
    }

    private static string Groups(string[] lines)
    {
        var miner = new LogMiner(new LogMinerOptions());
        var told = lines.Select(line => (line, Pattern: miner.Add(line)!)).ToArray();
        miner.Settle();
        return string.Join('\n', told.GroupBy(item => item.Pattern.Heir)
            .Select(group => group.Key.Text + ": " + string.Join('|', group.Select(item => item.line).Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal));
    }
}
