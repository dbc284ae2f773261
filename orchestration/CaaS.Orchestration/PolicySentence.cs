using System.Globalization;
using System.Text;

namespace CaaS.Orchestration;

/// <summary>Says a policy in plain language.</summary>
public static class PolicySentence
{
    /// <summary>One sentence: when, if, then, at most, and what if it does not help.</summary>
    /// <param name="policy">Policy.</param>
    /// <returns>The sentence.</returns>
    public static string Of(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var text = new StringBuilder("When ").Append(Or(policy.FaultClasses)).Append(" is the first-ranked cause");
        if (!policy.EntityKinds.IsEmpty)
        {
            text.Append(" on a ").Append(Or(policy.EntityKinds));
        }

        if (!policy.Namespaces.IsEmpty)
        {
            text.Append(" in ").Append(Or(policy.Namespaces));
        }

        text.Append(CultureInfo.InvariantCulture, $", at least {policy.MinConfidence:0%} likely");
        text.Append(policy.RequiresRecentChange ? " and after a recent change, " : ", ").Append(Verb(policy));
        text.Append(CultureInfo.InvariantCulture, $", at most {policy.MaxPerHour} times an hour");
        text.Append(" and with ").Append(Span(policy.Cooldown)).Append(" of rest for each target");
        if (policy.Mode >= PolicyMode.Approve)
        {
            text.Append("; if the symptoms last ").Append(Span(policy.VerifyWithin)).Append(" longer, ")
                .Append(policy.UndoOnFailure ? "undo it" : "say so");
        }

        return text.Append('.').ToString();
    }

    /// <summary>Writes a time span for people: <c>90 s</c>, <c>10 min</c>, <c>2 h</c>.</summary>
    /// <param name="span">Span; a negative one is written as <c>0 s</c>.</param>
    /// <returns>The two-part text.</returns>
    internal static string Span(TimeSpan span)
    {
        var seconds = Math.Max(0, Math.Floor(span.TotalSeconds));
        return seconds switch
        {
            >= 3600 when seconds % 3600 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0} h"),
            >= 120 when seconds % 60 == 0 || seconds >= 3600 =>
                string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        };
    }

    private static string Verb(Policy policy)
    {
        var act = policy.Operation switch
        {
            OperationKind.Restart => "restart it",
            OperationKind.Rollback => policy.Parameters.TryGetValue("toRevision", out var revision)
                ? $"roll it back to revision {revision}"
                : "roll it back to the revision before",
            OperationKind.Scale => $"scale it to {policy.Parameters.GetValueOrDefault("replicas", "?")} replicas",
            OperationKind.Cordon => "keep new pods off it",
            OperationKind.Uncordon => "let new pods onto it again",
            _ => "delete the pod",
        };
        return policy.Mode switch
        {
            PolicyMode.Observe => $"only note that the platform would {act}",
            PolicyMode.Suggest => $"suggest to {act}",
            PolicyMode.Approve => $"propose to {act} and do so when a person approves",
            _ => $"{act} without asking",
        };
    }

    private static string Or(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "any cause",
        1 => words[0],
        _ => string.Join(", ", words.Take(words.Count - 1)) + " or " + words[^1],
    };
}
