namespace CaaS.Alerting;

/// <summary>Alerts in memory: all that are not over, and the newest of those that are.</summary>
/// <param name="options">Limits.</param>
internal sealed class AlertBoard(AlertingOptions options)
{
    private readonly SortedDictionary<string, AlertCase> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlertCase> _over = new(StringComparer.Ordinal);
    private readonly Queue<string> _overInOrder = new();

    public int Count => _live.Count + _over.Count;

    public AlertCase? FindOrNull(string id) =>
        _live.TryGetValue(id, out var live) ? live : _over.GetValueOrDefault(id);

    /// <summary>Cases that are not over, by id; a copy, so that they can be filed meanwhile.</summary>
    public AlertCase[] Live() => [.. _live.Values];

    public void Add(AlertCase held) => _live[held.Alert.Id] = held;

    public void Restore(AlertCase held)
    {
        Add(held);
        File(held);
    }

    /// <summary>Puts a changed case where it belongs.</summary>
    public void File(AlertCase held)
    {
        var id = held.Alert.Id;
        if (held.Alert.Status != AlertStatus.Resolved)
        {
            _over.Remove(id);
            _live[id] = held;
            return;
        }

        _live.Remove(id);
        if (_over.TryAdd(id, held))
        {
            _overInOrder.Enqueue(id);
        }

        // One that was opened again in between is in the queue but no longer over: removing it removes nothing.
        while (_over.Count > options.ResolvedCountMax && _overInOrder.TryDequeue(out var oldest))
        {
            _over.Remove(oldest);
        }
    }
}
