using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;

namespace CaaS.Signals;

/// <summary>Identity of one series: the entity it measures, the metric, and the labels that remain.</summary>
/// <remarks>
/// The entity is the owning workload where a pod has one; the pod's name is then in the label <c>pod</c>.
/// Immutable and safe to share. Equality is that of <see cref="Text"/>.
/// </remarks>
public sealed class SeriesKey : IEquatable<SeriesKey>
{
    /// <summary>Label that carries the pod's name on a workload's series.</summary>
    public const string PodLabel = "pod";

    /// <summary>Makes a key.</summary>
    /// <param name="entity">What is measured.</param>
    /// <param name="metric">Metric name in Prometheus spelling, unit last, not empty.</param>
    /// <param name="labels">Remaining labels, any order; they are kept sorted by name.</param>
    /// <param name="kind">How its values are to be read.</param>
    public SeriesKey(EntityRef entity, string metric, IEnumerable<Label> labels, MetricKind kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        Entity = entity;
        Metric = metric;
        Kind = kind;
        Labels = [.. labels.OrderBy(label => label.Name, StringComparer.Ordinal)];
        Text = Write();
        Id = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(Text));
    }

    /// <summary>What is measured.</summary>
    public EntityRef Entity { get; }

    /// <summary>Metric name.</summary>
    public string Metric { get; }

    /// <summary>Remaining labels, sorted by name.</summary>
    public ImmutableArray<Label> Labels { get; }

    /// <summary>How the values are to be read.</summary>
    public MetricKind Kind { get; }

    /// <summary>Stable hash of <see cref="Text"/> (XXH3, 64 bits); the same in every process.</summary>
    public ulong Id { get; }

    /// <summary>Canonical form: <c>tenant/cluster|namespace/Kind/name|metric{a="1",b="2"}</c>.</summary>
    public string Text { get; }

    /// <summary>Finds a label.</summary>
    /// <param name="name">Label name.</param>
    /// <returns>Its value, or null when the series has no such label.</returns>
    public string? LabelOrNull(string name)
    {
        foreach (var label in Labels)
        {
            if (label.Name == name)
            {
                return label.Value;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(SeriesKey? other) =>
        other is not null && Id == other.Id && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SeriesKey);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Id;

    /// <inheritdoc/>
    public override string ToString() => Text;

    private string Write()
    {
        var text = new StringBuilder().Append(Entity.Scope).Append('|').Append(Entity.ToString()).Append('|').Append(Metric);
        if (Labels.Length == 0)
        {
            return text.ToString();
        }

        text.Append('{');
        for (var index = 0; index < Labels.Length; index++)
        {
            text.Append(index == 0 ? "" : ",").Append(Labels[index].Name).Append("=\"")
                .Append(Labels[index].Value.Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return text.Append('}').ToString();
    }
}
