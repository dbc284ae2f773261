using System.Globalization;
using System.Text;
using CaaS.Orchestration;

namespace CaaS.Api.Mapping;

/// <summary>Writes a policy in force as the YAML it could be written by.</summary>
internal static class PolicyText
{
    public static string Of(Policy policy)
    {
        var text = new StringBuilder();
        Line(text, 0, "- name", policy.Name);
        Line(text, 1, "mode", ToWire.Camel(policy.Mode));
        text.Append("  when:\n");
        List(text, "faultClass", policy.FaultClasses);
        List(text, "entityKind", policy.EntityKinds);
        List(text, "namespace", policy.Namespaces);
        Line(text, 2, "minConfidence", policy.MinConfidence.ToString("0.###", CultureInfo.InvariantCulture));
        if (policy.RequiresRecentChange)
        {
            Line(text, 2, "requiresRecentChange", "true");
        }

        text.Append("  do:\n");
        Line(text, 2, "operation", PolicyWords.Of(policy.Operation));
        foreach (var (name, value) in policy.Parameters)
        {
            Line(text, 2, name, value);
        }

        text.Append("  guard:\n");
        Line(text, 2, "cooldown", Span(policy.Cooldown));
        Line(text, 2, "maxPerHour", policy.MaxPerHour.ToString(CultureInfo.InvariantCulture));
        Line(text, 1, "expiresAfter", Span(policy.ExpiresAfter));
        text.Append("  verify:\n");
        Line(text, 2, "within", Span(policy.VerifyWithin));
        Line(text, 2, "undoOnFailure", policy.UndoOnFailure ? "true" : "false");
        return text.ToString();
    }

    private static void Line(StringBuilder text, int depth, string key, string value) =>
        text.Append(' ', depth * 2).Append(key).Append(": ").Append(value).Append('\n');

    private static void List(StringBuilder text, string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            Line(text, 2, key, values.Count == 1 ? values[0] : $"[{string.Join(", ", values)}]");
        }
    }

    private static string Span(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        return seconds % 3600 == 0 && seconds > 0 ? $"{seconds / 3600}h"
            : seconds % 60 == 0 && seconds > 0 ? $"{seconds / 60}m"
            : $"{seconds}s";
    }
}
