using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CaaS.Rca.Inquiry;

/// <summary>Says which change made an incident, or that none did.</summary>
/// <remarks>
/// A change is convicted only by what it does: without a way to do harm it is innocent, however new it is. On top come
/// how well that way fits the symptoms' words, whether it went to what hurts, and time: a change after the first move
/// of any series is refuted, one right before it gains. A load that grew by itself, trouble of a node, expired
/// certificates, other parties and bad records speak for a cause that is no change. O(changes x diff + series).
/// </remarks>
public static partial class ChangeJudge
{
    private const double Convict = 5;
    private const double Near = 600;
    private const double Slack = 60;
    private const double LoadGrew = 2;

    /// <summary>Judges the changes.</summary>
    /// <param name="question">What hurts, and what was changed.</param>
    public static ChangeAnswer Judge(ChangeQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var moves = Moves.Of(question);
        var (operational, against) = Operational(question, moves);
        string[] symptoms = [.. question.Symptoms.SelectMany(Words).Distinct(StringComparer.Ordinal)];
        var service = Words(question.Target).ToHashSet(StringComparer.Ordinal);
        var words = question.Changes.ToDictionary(change => change.Id, change => Changed(change),
            StringComparer.Ordinal);
        var judged = new List<(string Id, double Score, ImmutableArray<string> Reasons)>();
        foreach (var change in question.Changes)
        {
            var reasons = ImmutableArray.CreateBuilder<string>();
            var score = -against;
            var mechanisms = DiffReview.Read(change);
            var best = mechanisms.Select(mechanism => (mechanism, Weight: mechanism.Weight
                + Fits(mechanism, symptoms))).DefaultIfEmpty()
                .MaxBy(one => one.Weight);
            if (best.mechanism is null)
            {
                judged.Add((change.Id, -10, ["Nothing in it can do this."]));
                continue;
            }

            score += best.Weight;
            reasons.Add($"It {best.mechanism.Name}: {best.mechanism.Where}");
            var common = symptoms.Where(word => !service.Contains(word) && words[change.Id].Contains(word))
                .Sum(word => 1.0 / words.Values.Count(other => other.Contains(word)));
            score += Robust.SoftCap(0.5 * common, 2);
            score += change.Target == question.Target ? 1 : change.Target.Length == 0 ? -1 : 0;
            score += Timing(question, change, moves, reasons);
            judged.Add((change.Id, score, reasons.ToImmutable()));
        }

        ImmutableArray<(string Id, double Score, ImmutableArray<string> Reasons)> ranked =
            [.. judged.OrderByDescending(one => one.Score).ThenBy(one => one.Id, StringComparer.Ordinal)];
        return new ChangeAnswer(ranked.Length > 0 && ranked[0].Score >= Convict ? ranked[0].Id : string.Empty,
            ranked, operational);
    }

    private static double Timing(ChangeQuestion question, ChangeFact change, ImmutableArray<Move> moves,
        ImmutableArray<string>.Builder reasons)
    {
        if (change.Time > question.AlertTime)
        {
            reasons.Add("It came after the alert.");
            return -10;
        }

        var after = moves.Where(move => move.Time >= change.Time - Slack).Select(move => move.Time - change.Time)
            .DefaultIfEmpty(double.NaN).Min();
        var before = moves.Any(move => move.Time < change.Time - Slack
            && question.Entities[move.Entity] == question.Target);
        if (before)
        {
            reasons.Add("What hurts had begun to move before it.");
            return -3;
        }

        if (double.IsNaN(after))
        {
            return 0;
        }

        reasons.Add(string.Create(CultureInfo.InvariantCulture,
            $"The first series moved {after / 60:0} minutes after it."));
        return after <= Near ? 1 : -1;
    }

    private static double Fits(Mechanism mechanism, string[] symptoms) =>
        symptoms.Any(word => mechanism.Shows.Any(show => word.StartsWith(show, StringComparison.Ordinal))) ? 1 : 0;

    private static (ImmutableArray<string> Reasons, double Against) Operational(ChangeQuestion question,
        ImmutableArray<Move> moves)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        double against = 0;
        if (moves.Any(move => question.Series[move.Series] is var series && series.Meaning == Meaning.Load
            && question.Entities[series.Entity] == question.Target && move.Ratio >= LoadGrew))
        {
            reasons.Add("What hurts is asked far more often than before.");
            against += 3;
        }

        var all = string.Join('\n', question.Symptoms);
        foreach (var (pattern, says) in new[]
        {
            (Certificates(), "A certificate or a credential ran out."),
            (Nodes(), "A node is short of something."),
            (Others(), "Another party is in trouble."),
            (Records(), "The same record fails again and again."),
        })
        {
            if (pattern.IsMatch(all))
            {
                reasons.Add(says);
                against += 2;
            }
        }

        return (reasons.ToImmutable(), Math.Min(against, 4));
    }

    private static HashSet<string> Changed(ChangeFact change)
    {
        var diff = DiffText.Read(change);
        return [.. diff.Removed.Concat(diff.Added).Concat(diff.Files).Append(change.Title).SelectMany(Words)];
    }

    private static IEnumerable<string> Words(string text) =>
        Word().Matches(Camel().Replace(text, "$1 $2")).Select(match => match.Value.ToLowerInvariant())
            .Where(word => word.Length > 2);

    [GeneratedRegex("[A-Za-z]+|[0-9]xx|[45][0-9][0-9]")]
    private static partial Regex Word();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex Camel();

    [GeneratedRegex(@"x509|certificate (has )?expired|cert\w* expir|token expired|not yet valid|key expired", RegexOptions.IgnoreCase)]
    private static partial Regex Certificates();

    [GeneratedRegex(@"\bnode_(cpu|memory|disk)|node \S+ (is )?(under|not)|NodeNotReady|node pressure|evict|spot|preempt|noisy", RegexOptions.IgnoreCase)]
    private static partial Regex Nodes();

    [GeneratedRegex(@"third.party|provider (outage|unavailable|error|degrad)|status page|regional? (outage|unavailab)|external (api|provider|service)|vendor|availability zone|isp\b", RegexOptions.IgnoreCase)]
    private static partial Regex Others();

    [GeneratedRegex(@"record_id=|poison|malformed (record|message|payload)|redeliver\w* same|same offset|corrupt(ed)? (record|message|data)", RegexOptions.IgnoreCase)]
    private static partial Regex Records();
}
