using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using static CaaS.Rca.Inquiry.DiffPatterns;

namespace CaaS.Rca.Inquiry;

/// <summary>Reads a diff for the ways in which code and configuration usually break running systems.</summary>
/// <remarks>
/// Rules of review, not a model of a language: something that guarded, bounded or fed is gone and nothing took its
/// place; a number of capacity shrank or one of load grew; work moved into a loop; a name that others use changed; data
/// is used that nothing made; a comparison or a switch was turned. A tidy-up keeps its names or brings a new one that
/// does the same, and so matches none of them.
/// </remarks>
internal static class DiffReview
{
    private const double SamePair = 0.5;
    private const double Turned = 3.5;

    public static ImmutableArray<Mechanism> Read(ChangeFact change)
    {
        var diff = DiffText.Read(change);
        var found = ImmutableArray.CreateBuilder<Mechanism>();
        Removal(diff, found);
        Pairs(diff, found);
        Loops(diff, found);
        NewData(diff, change, found);
        Growth(diff, found);
        Additions(diff, found);
        return [.. found.OrderByDescending(mechanism => mechanism.Weight)
            .ThenBy(mechanism => mechanism.Name, StringComparer.Ordinal)];
    }

    private static void Removal(DiffText diff, ImmutableArray<Mechanism>.Builder found)
    {
        if (diff.Removed.Length == 0)
        {
            return;
        }

        var (before, after) = (DiffText.Names(diff.Removed), DiffText.Names(diff.Added));
        var around = DiffText.Names(diff.Kept);
        var gone = before.Where(name => !after.Contains(name)).ToHashSet();
        var brought = after.Count(name => name.Length > 2 && !before.Contains(name) && !around.Contains(name));
        var where = diff.Removed.FirstOrDefault(line => DiffText.Names([line]).Any(gone.Contains)) ?? diff.Removed[0];
        var unguarded = diff.Removed.FirstOrDefault(line => NullGuard().IsMatch(line));
        if (unguarded is not null && !diff.Added.Any(line => NullGuard().IsMatch(line)) && brought == 0)
        {
            found.Add(new Mechanism("no longer guards against nothing", 4,
                ["nil", "null", "panic", "undefined", "exception", "crash", "5xx", "segfault", "type"], unguarded));
        }
        else if (gone.Count > 0 && brought == 0)
        {
            found.Add(new Mechanism("takes something out and puts nothing in its place", 4,
                ["not", "miss", "slow", "query", "rows", "latency", "error", "leak", "unknown", "fail"], where));
        }

        if (brought == 0)
        {
            return;
        }

        var lost = gone.Where(name => Guards().IsMatch(name) || Guards().IsMatch(Words(name)))
            .Order(StringComparer.Ordinal).ToArray();
        if (lost.Length > 0 && !after.Any(name => lost.Any(one => Related(one, name))))
        {
            found.Add(new Mechanism($"no longer uses {lost[0]}", 3,
                ["leak", "exhaust", "pool", "connection", "throttl", "capacity", "deadlock", "slow", "oom", "memory",
                "throughput", "stuck", "latency", "saturat"], where));
        }
    }

    private static void Pairs(DiffText diff, ImmutableArray<Mechanism>.Builder found)
    {
        var taken = new HashSet<int>();
        foreach (var old in diff.Removed)
        {
            if (Setting().Match(old) is { Success: true } set && Settings(set, diff) is { } changed)
            {
                found.Add(changed);
            }

            var names = DiffText.Names([Literals().Replace(old, " ")]);
            var best = Enumerable.Range(0, diff.Added.Length).Where(place => !taken.Contains(place))
                .Select(place => (place, Same: Jaccard(names,
                    DiffText.Names([Literals().Replace(diff.Added[place], " ")]))))
                .Where(one => one.Same >= SamePair).OrderByDescending(one => one.Same).ThenBy(one => one.place)
                    .FirstOrDefault((-1, 0));
            if (best.Item1 < 0)
            {
                continue;
            }

            taken.Add(best.Item1);
            Pair(old, diff.Added[best.Item1], diff, found);
        }
    }

    /// <summary>A setting whose value became another word; numbers, levels and quoted names are judged
    /// elsewhere.</summary>
    private static Mechanism? Settings(Match old, DiffText diff)
    {
        var value = old.Groups["value"].Value.Trim();
        var now = diff.Added.Select(line => Setting().Match(line))
            .FirstOrDefault(match => match.Success && match.Groups["key"].Value == old.Groups["key"].Value);
        var next = now?.Groups["value"].Value.Trim() ?? value;
        if (now is not null && Calm().IsMatch(value) && Loud().IsMatch(next))
        {
            return Louder(now.Value);
        }

        return now is null || Literals().IsMatch(value) || Amounts().IsMatch(value) || Calm().IsMatch(value)
            || next == value || Literals().IsMatch(next) || Amounts().IsMatch(next)
            ? null
            : new Mechanism($"sets {old.Groups["key"].Value} to {next} instead of {value}", 2.5,
                ["error", "fail", "missing", "unknown", "probe", "resolve", "unauthor", "refused", "not", "invalid",
                    "connection"], now.Value);
    }

    private static Mechanism Louder(string line) =>
        new("logs far more", 4, ["disk", "space", "write", "log", "volume", "throughput", "io", "cpu"], line);

    private static void Pair(string old, string now, DiffText diff, ImmutableArray<Mechanism>.Builder found)
    {
        var sameNames = DiffText.Names([Literals().Replace(old, " ")])
            .SetEquals(DiffText.Names([Literals().Replace(now, " ")]));
        if (Calm().IsMatch(old) && Loud().IsMatch(now) && !Loud().IsMatch(old))
        {
            found.Add(Louder(now));
        }

        Numbers(old, now, found);
        string[] before = [.. Literals().Matches(old).Select(match => match.Value)],
            after = [.. Literals().Matches(now).Select(match => match.Value)];
        if (sameNames && before.Length == after.Length && !before.SequenceEqual(after))
        {
            var at = Enumerable.Range(0, before.Length).First(place => before[place] != after[place]);
            if (!before[at].Contains(' ', StringComparison.Ordinal) && !Amounts().IsMatch(before[at])
                && !diff.Removed.Any(line => line.Contains(after[at], StringComparison.Ordinal)))
            {
                found.Add(new Mechanism($"renames {before[at]} to {after[at]}", Turned,
                    ["field", "unknown", "mapping", "column", "key", "missing", "parse", "exist", "not", "header",
                    "invalid", "decode", "schema", "unauthor", "null"], now));
            }
        }

        string Bare(string line) => Operators().Replace(Literals().Replace(line, "''"), " ")
            .Replace(" ", string.Empty, StringComparison.Ordinal);
        string[] Marks(string line) => [.. Operators().Matches(Literals().Replace(line, "''"))
            .Select(match => match.Value)];
        if (Bare(old) == Bare(now) && !Marks(old).SequenceEqual(Marks(now)))
        {
            found.Add(new Mechanism("turns a comparison", Turned,
                ["error", "fail", "reject", "deny", "invalid", "wrong", "loop", "unauthor", "forbidden"], now));
        }

        string[] on = [.. Switches().Matches(old).Select(match => match.Value)],
            off = [.. Switches().Matches(now).Select(match => match.Value)];
        if (sameNames == false && on.Length == off.Length && !on.SequenceEqual(off, StringComparer.OrdinalIgnoreCase)
            && Switches().Replace(old, "?") == Switches().Replace(now, "?"))
        {
            found.Add(new Mechanism("turns a switch", 2.5,
                ["error", "fail", "reject", "disabled", "cache", "slow", "miss"], now));
        }
    }

    private static void Numbers(string old, string now, ImmutableArray<Mechanism>.Builder found)
    {
        double[] before = [.. Amounts().Matches(old).Select(Amount)],
            after = [.. Amounts().Matches(now).Select(Amount)];
        if (before.Length != after.Length)
        {
            return;
        }

        for (var place = 0; place < before.Length; place++)
        {
            if (before[place].Equals(after[place]))
            {
                continue;
            }

            var ratio = (after[place] + 1e-9) / (before[place] + 1e-9);
            var (capacity, load) = (Capacity().IsMatch(now), Loads().IsMatch(now));
            var size = Math.Min(4.5, 2 + (0.7 * Math.Abs(Math.Log(ratio))));
            if (capacity && !load && ratio <= 0.67)
            {
                found.Add(new Mechanism(Scaled("cuts a limit", ratio), size,
                    ["deadline", "timeout", "cancel", "exceed", "exhaust", "pool", "oom", "evict", "reject",
                    "throttl", "limit", "queue", "saturat", "miss", "wait", "killed", "latency", "5xx"], now));
            }
            else if ((load && ratio >= 1.5) || (Paces().IsMatch(now) && ratio <= 0.5))
            {
                found.Add(new Mechanism(Scaled("asks for more work", ratio), size,
                    ["throttl", "rate", "saturat", "cpu", "queue", "disk", "volume", "retr", "storm", "load", "429",
                    "exhaust"], now));
            }
            else if (!capacity && ratio is >= 3 or <= 0.34)
            {
                found.Add(new Mechanism(Scaled("changes a number", ratio), size - 1,
                    ["error", "latency", "fail", "exceed", "lag"], now));
            }
        }
    }

    private static void Loops(DiffText diff, ImmutableArray<Mechanism>.Builder found)
    {
        var inside = 0;
        foreach (var line in diff.Added)
        {
            if (LoopHead().IsMatch(line))
            {
                inside = 6;
            }

            if (inside-- > 0 && Reaches().IsMatch(Literals().Replace(line, "''")) && Calls(line)
                .Any(name => !diff.Removed.Any(old => old.Contains(name, StringComparison.Ordinal))))
            {
                found.Add(new Mechanism("reaches out once for every item of a loop", 4,
                    ["query", "select", "slow", "latency", "duration", "throttl", "capacity", "write", "rps", "db",
                    "count", "requests", "exceed"], line));
                return;
            }
        }
    }

    private static void NewData(DiffText diff, ChangeFact change, ImmutableArray<Mechanism>.Builder found)
    {
        if (change.Files.Any(path => path.Contains("migration", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        foreach (var line in diff.Added)
        {
            foreach (Match match in Uses().Matches(line))
            {
                var name = match.Groups["name"].Value;
                if (name.Length > 2 && !diff.Removed.Concat(diff.Kept)
                    .Any(old => old.Contains(name, StringComparison.Ordinal)))
                {
                    found.Add(new Mechanism($"uses {name}, which nothing here made", 2.5,
                        ["exist", "relation", "table", "undefined", "missing", "unknown", "resolve", "host", "env",
                        "not", "query", "select"], line));
                    return;
                }
            }
        }
    }

    private static void Growth(DiffText diff, ImmutableArray<Mechanism>.Builder found)
    {
        var line = diff.Added.FirstOrDefault(line => Keeps().IsMatch(line));
        if (line is not null && !diff.Removed.Any(old => Keeps().IsMatch(old)))
        {
            found.Add(new Mechanism("keeps something that may grow", 2,
                ["memory", "oom", "heap", "leak", "goroutine", "gc", "restart", "thread", "rss"], line));
        }
    }

    private static void Additions(DiffText diff, ImmutableArray<Mechanism>.Builder found)
    {
        var line = diff.Added.FirstOrDefault(line => Waits().IsMatch(line)
            && !diff.Removed.Any(old => old.Contains(Waits().Match(line).Value, StringComparison.Ordinal)));
        if (line is not null)
        {
            found.Add(new Mechanism("waits, locks, drops or gives up where it did not", 2.5,
                ["lock", "contention", "latency", "timeout", "slow", "blocked", "panic", "exit", "restart", "table",
                "index", "column", "exist", "cpu"], line));
        }
    }

    private static double Amount(Match match)
    {
        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        return number * match.Groups["unit"].Value switch
        {
            "Millisecond" or "ms" => 1e-3,
            "Minute" or "m" => 60,
            "Hour" or "h" => 3600,
            "Ki" or "k" => 1e3,
            "Mi" or "MB" or "M" => 1e6,
            "Gi" or "GB" => 1e9,
            _ => 1,
        };
    }

    private static string Scaled(string what, double ratio) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} to {ratio:0.##} times");

    private static IEnumerable<string> Calls(string line) => CallName().Matches(line)
        .Select(match => match.Groups[1].Value);

    private static string Words(string name) => CamelCut().Replace(name, "$1 $2").Replace('_', ' ');

    private static bool Related(string one, string other) =>
        Words(one).Split(' ').Any(word => word.Length > 3 && Words(other)
            .Contains(word, StringComparison.OrdinalIgnoreCase));

    private static double Jaccard(HashSet<string> left, HashSet<string> right)
    {
        var both = left.Count(right.Contains);
        return left.Count + right.Count - both == 0 ? 0 : (double)both / (left.Count + right.Count - both);
    }
}
