using System.Collections.Frozen;
using System.IO.Enumeration;
using CaaS.Signals;

namespace CaaS.Ingest.Limits;

/// <summary>Decides which metrics and labels are worth keeping.</summary>
/// <remarks>Immutable. Asked once per new series, not per sample.</remarks>
public sealed class MetricFilter
{
    private readonly string[] _keep;
    private readonly string[] _drop;
    private readonly FrozenSet<string> _dropLabels;

    /// <summary>Makes a filter.</summary>
    /// <param name="keep">Patterns (<c>*</c> and <c>?</c>) of metrics to keep; empty keeps all that are not
    /// dropped.</param>
    /// <param name="drop">Patterns of metrics to drop; they win over <paramref name="keep"/>.</param>
    /// <param name="dropLabels">Names of labels to drop; series that become the same are summed.</param>
    public MetricFilter(IEnumerable<string> keep, IEnumerable<string> drop, IEnumerable<string> dropLabels)
    {
        _keep = [.. keep];
        _drop = [.. drop];
        _dropLabels = dropLabels.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Tells whether a metric is kept.</summary>
    /// <param name="metric">Metric name.</param>
    /// <returns>True when it is.</returns>
    public bool Keeps(string metric) =>
        !MatchesAny(_drop, metric) && (_keep.Length == 0 || MatchesAny(_keep, metric));

    /// <summary>Tells whether a label is kept.</summary>
    /// <param name="label">The label.</param>
    /// <returns>True when it is.</returns>
    public bool Keeps(Label label) => !_dropLabels.Contains(label.Name);

    private static bool MatchesAny(string[] patterns, string name)
    {
        foreach (var pattern in patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
            {
                return true;
            }
        }

        return false;
    }
}
