using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Who has written any log line within the retention.</summary>
internal sealed class LogBook(RcaOptions options)
{
    private readonly Dictionary<EntityRef, DateTimeOffset> _lastAt = [];
    private EntityRef? _last;

    /// <summary>Whether a workload, or a pod of it, wrote anything.</summary>
    public bool Has(GraphView view, EntityRef workload) =>
        _lastAt.ContainsKey(workload) || view.PodsOf(workload).Any(pod => _lastAt.ContainsKey(pod.State.Entity));

    public void Fold(IReadOnlyList<LogRecord> lines, DateTimeOffset now)
    {
        foreach (var line in lines)
        {
            // Lines of one writer come together.
            if (line.Entity != _last && (_lastAt.Count < options.MaxPods || _lastAt.ContainsKey(line.Entity)))
            {
                _lastAt[line.Entity] = now;
                _last = line.Entity;
            }
        }
    }

    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var entity in _lastAt.Where(pair => pair.Value < horizon).Select(pair => pair.Key).ToArray())
        {
            _lastAt.Remove(entity);
        }

        _last = null;
    }
}
