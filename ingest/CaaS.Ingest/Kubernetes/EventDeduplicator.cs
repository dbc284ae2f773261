namespace CaaS.Ingest.Kubernetes;

/// <summary>Tells what is new in event objects, whose counts grow in place and which a relist shows again.</summary>
/// <remarks>Single-threaded. Keeps the count of the latest <c>maxEventCount</c> UIDs; a forgotten one that shows up
/// again counts once more with one occurrence.</remarks>
public sealed class EventDeduplicator
{
    private readonly int _maxEventCount;
    private readonly Dictionary<string, LinkedListNode<(string Uid, int Count)>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Uid, int Count)> _byAge = [];

    /// <summary>Makes a deduplicator that knows nothing.</summary>
    /// <param name="maxEventCount">Most UIDs remembered, at least 1.</param>
    public EventDeduplicator(int maxEventCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEventCount, 1);
        _maxEventCount = maxEventCount;
    }

    /// <summary>Number of UIDs remembered.</summary>
    public int Count => _known.Count;

    /// <summary>Takes in one sighting.</summary>
    /// <param name="sighting">Event as read.</param>
    /// <param name="isBacklog">True while taking in what happened before watching began: of that at most the last
    /// occurrence is news.</param>
    /// <param name="oldestNews">Occurrences of the backlog before this instant are remembered but no news.</param>
    /// <returns>How many occurrences are new; 0 for none.</returns>
    public int Step(EventSighting sighting, bool isBacklog, DateTimeOffset oldestNews)
    {
        if (_known.TryGetValue(sighting.Uid, out var node))
        {
            var growth = Math.Max(0, sighting.Count - node.Value.Count);
            node.Value = (sighting.Uid, Math.Max(sighting.Count, node.Value.Count));
            _byAge.Remove(node);
            _byAge.AddLast(node);
            return growth;
        }

        _known[sighting.Uid] = _byAge.AddLast((sighting.Uid, sighting.Count));
        if (_known.Count > _maxEventCount)
        {
            _known.Remove(_byAge.First!.Value.Uid);
            _byAge.RemoveFirst();
        }

        // When first seen with a count above one, earlier occurrences were before our time or in another's memory.
        return isBacklog ? (sighting.Time >= oldestNews ? 1 : 0) : sighting.Count;
    }

    /// <summary>Forgets an event the server has removed.</summary>
    /// <param name="uid">Its UID.</param>
    public void Forget(string uid)
    {
        if (_known.Remove(uid, out var node))
        {
            _byAge.Remove(node);
        }
    }
}
