using System.Collections.Immutable;
using System.Globalization;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Collects facts; empty texts are absent facts.</summary>
internal sealed class FactBuilder
{
    private readonly ImmutableSortedDictionary<string, string>.Builder _facts =
        ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    public FactBuilder Add(string key, string text)
    {
        if (text.Length > 0)
        {
            _facts[key] = text;
        }

        return this;
    }

    public FactBuilder Add(string key, int number) => Add(key, number.ToString(CultureInfo.InvariantCulture));

    public FactBuilder Add(string key, bool truth) => Add(key, truth ? "true" : "false");

    public FactBuilder Add(string key, double? number) =>
        number is { } value ? Add(key, KubeQuantity.Format(value)) : this;

    public FactBuilder Add(string key, DateTimeOffset? instant) =>
        instant is { } value ? Add(key, Text(value)) : this;

    /// <summary>Adds who last wrote one of the parts people write, and when, as far as the object tells.</summary>
    public FactBuilder AddLastWrite(in ObjectMeta meta, params ReadOnlySpan<string> fields)
    {
        var (manager, time) = meta.LastWrite(fields);
        return Add(KubeFacts.ChangedBy, manager).Add(KubeFacts.ChangedAt, time);
    }

    public ImmutableSortedDictionary<string, string> ToFacts() => _facts.ToImmutable();

    /// <summary>Reads an instant that <see cref="Text"/> wrote; null when the state tells none.</summary>
    public static DateTimeOffset? InstantOf(KubeObject state, string key) =>
        state.Facts.TryGetValue(key, out var text) && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant)
            ? instant
            : null;

    /// <summary>RFC 3339 in UTC; a fraction only where there is one, as Kubernetes writes it.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
