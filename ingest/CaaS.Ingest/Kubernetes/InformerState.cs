using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>The list-and-watch protocol of one resource type, without its I/O: says what to ask next, takes in
/// answers.</summary>
/// <remarks>
/// Single-threaded and pure. Lists in pages, watches from the version of the list's first page (never an item's),
/// follows bookmarks, lists again after 410 and at every resync, and finds what was deleted while nobody watched. A
/// failing resync goes on watching from where it was; failures back off with jitter; two lists keep
/// <see cref="InformerLimits.MinListInterval"/> apart except the first and one after 410.
/// </remarks>
public sealed class InformerState
{
    /// <summary>Watches failing in a row after which the version itself is doubted (an API server restored from a
    /// backup answers "too large resource version" for good).</summary>
    private const int MaxFailedWatches = 5;

    /// <summary>A watch that ends sooner and without an event counts as failed: else a proxy that closes at once
    /// makes a hot loop.</summary>
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);

    private readonly InformerLimits _limits;
    private readonly Random _jitter;
    private readonly Dictionary<string, KubeItem> _items = new(StringComparer.Ordinal);
    private readonly HashSet<string> _listedKeys = new(StringComparer.Ordinal);

    /// <summary>Keys known from before a restart and not seen since.</summary>
    private readonly HashSet<string> _recalledKeys = new(StringComparer.Ordinal);

    private ListReason? _listReason = ListReason.First;
    private string _continue = "";
    private string _listVersion = "";
    private string _version = "";
    private int _pageSize;
    private int _failuresInRow;
    private int _expiredInRow;
    private bool _hasEvent;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private DateTimeOffset _listedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _watchedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _resyncAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _recalledUntil = DateTimeOffset.MaxValue;

    /// <summary>Makes an informer that knows nothing and wants to list.</summary>
    /// <param name="limits">Bounds.</param>
    /// <param name="jitter">Source of jitter, owned by this informer.</param>
    public InformerState(InformerLimits limits, Random jitter)
    {
        _limits = limits;
        _jitter = jitter;
        _pageSize = limits.PageSize;
    }

    /// <summary>Number of objects known.</summary>
    public int ItemCount => _items.Count;

    /// <summary>True once a first list is complete.</summary>
    public bool IsSynced { get; private set; }

    /// <summary>Why it lists; null while it watches.</summary>
    public ListReason? Listing => _listReason;

    /// <summary>Objects refused because there are too many, since the start.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>Recalls what was known before a restart, so that the first list is compared with it like any later
    /// one.</summary>
    /// <param name="items">Objects as last told; at most <see cref="InformerLimits.MaxObjectCount"/> are
    /// taken.</param>
    /// <param name="until">What was created later and is not among them came into being since; what was created
    /// earlier was not looked at then. UTC.</param>
    public void Recall(IEnumerable<KubeItem> items, DateTimeOffset until)
    {
        _recalledUntil = until;
        foreach (var item in items.Take(_limits.MaxObjectCount))
        {
            _items[item.Key] = item;
            _recalledKeys.Add(item.Key);
        }
    }

    /// <summary>Says what to ask next.</summary>
    /// <param name="now">Now, UTC.</param>
    /// <returns>The request; the same until an answer was taken in or a resync became due.</returns>
    public InformerRequest Next(DateTimeOffset now)
    {
        if (_listReason is null && now >= _resyncAt)
        {
            StartList(ListReason.Resync, Later(_notBefore, _listedAt + _limits.MinListInterval));
        }

        return _listReason is null
            ? new InformerRequest(InformerRequestKind.Watch, _notBefore, _version, "", 0, _resyncAt)
            : new InformerRequest(InformerRequestKind.List, _notBefore, "", _continue, _pageSize, default);
    }

    /// <summary>Takes in one page of a list.</summary>
    /// <param name="items">Its objects.</param>
    /// <param name="resourceVersion">Version of the list.</param>
    /// <param name="continueToken">Token of the next page; empty on the last.</param>
    /// <param name="now">Now, UTC.</param>
    /// <returns>What differs from what was known; on the last page also what is gone.</returns>
    public IReadOnlyList<KubeDelta> ListPage(
        IReadOnlyList<KubeItem> items, string resourceVersion, string continueToken, DateTimeOffset now)
    {
        var deltas = new List<KubeDelta>();
        if (_continue.Length == 0)
        {
            _listedKeys.Clear();
            _listVersion = resourceVersion;
            _listedAt = now;
        }

        foreach (var item in items)
        {
            _listedKeys.Add(item.Key);
            Put(item, deltas, isListing: true);
        }

        _continue = continueToken;
        _failuresInRow = 0;
        _notBefore = now;
        if (continueToken.Length == 0)
        {
            EndList(deltas, now);
        }

        return deltas;
    }

    /// <summary>Takes in that a page of a list failed.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="retryAfter">Wait the server asked for; zero for none.</param>
    /// <param name="now">Now, UTC.</param>
    public void ListFailed(InformerFailure failure, TimeSpan retryAfter, DateTimeOffset now)
    {
        if (failure == InformerFailure.TooLarge)
        {
            _pageSize = Math.Max(1, _pageSize / 2);
        }

        // A token that expired half-way begins the list anew; any other failure repeats the page.
        var isFresh = _continue.Length == 0;
        var reason = _listReason ?? ListReason.Failed;
        _listedAt = isFresh ? now : _listedAt;
        if (failure == InformerFailure.Expired || failure == InformerFailure.TooLarge)
        {
            _continue = "";
        }

        if (reason == ListReason.Resync && _version.Length > 0)
        {
            // What is known is still good to watch from: better late than blind.
            _listReason = null;
            _continue = "";
            _resyncAt = now + Longer(_limits.MinListInterval, Wait(failure, retryAfter));
            _notBefore = now;
            return;
        }

        var wait = failure == InformerFailure.Expired
            ? Longer(retryAfter, Backoff(_expiredInRow++))
            : Wait(failure, retryAfter);
        _notBefore = reason == ListReason.Failed ? Later(now + wait, _listedAt + _limits.MinListInterval) : now + wait;
    }

    /// <summary>Takes in that a watch was opened.</summary>
    /// <param name="now">Now, UTC.</param>
    public void WatchOpened(DateTimeOffset now)
    {
        _watchedAt = now;
        _hasEvent = false;
    }

    /// <summary>Takes in an object added or modified.</summary>
    /// <param name="item">The object.</param>
    /// <param name="deltas">Gets what differs from what was known.</param>
    public void Seen(KubeItem item, ICollection<KubeDelta> deltas)
    {
        Advance(item.ResourceVersion);
        Put(item, deltas, isListing: false);
    }

    /// <summary>Takes in an object deleted.</summary>
    /// <param name="item">Its last state.</param>
    /// <param name="deltas">Gets the deletion, unless the object was not known.</param>
    public void Gone(KubeItem item, ICollection<KubeDelta> deltas)
    {
        Advance(item.ResourceVersion);
        if (_items.Remove(item.Key, out var known))
        {
            deltas.Add(new KubeDelta(KubeDeltaKind.Deleted, known, item.Uid == known.Uid ? item : known));
        }
    }

    /// <summary>Takes in that everything up to a version was sent, a bookmark or an object that was
    /// refused.</summary>
    /// <param name="resourceVersion">The version.</param>
    public void Bookmark(string resourceVersion) => Advance(resourceVersion);

    /// <summary>Takes in that a watch ended as it should, by the server's or our own time-out.</summary>
    /// <param name="now">Now, UTC.</param>
    public void WatchEnded(DateTimeOffset now)
    {
        if (!_hasEvent && now - _watchedAt < ShortWatch)
        {
            WatchFailed(InformerFailure.Transient, TimeSpan.Zero, now);
            return;
        }

        _failuresInRow = 0;
        _hasEvent = false;
        _notBefore = now;
    }

    /// <summary>Takes in that a watch could not be opened or broke.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="retryAfter">Wait the server asked for; zero for none.</param>
    /// <param name="now">Now, UTC.</param>
    public void WatchFailed(InformerFailure failure, TimeSpan retryAfter, DateTimeOffset now)
    {
        if (failure is InformerFailure.Expired or InformerFailure.TooLarge)
        {
            // Lists after 410 may come at once, but not again and again.
            _expiredInRow = now - _listedAt < _limits.MinListInterval ? _expiredInRow + 1 : 0;
            var wait = _expiredInRow == 0 ? _limits.BackoffFirst * _jitter.NextDouble() : Backoff(_expiredInRow);
            StartList(ListReason.Expired, now + Longer(retryAfter, wait));
            return;
        }

        _failuresInRow = _hasEvent ? 0 : _failuresInRow;
        _hasEvent = false;
        _notBefore = now + Wait(failure, retryAfter);
        if (_failuresInRow >= MaxFailedWatches)
        {
            _failuresInRow = 0;
            StartList(ListReason.Failed, Later(_notBefore, _listedAt + _limits.MinListInterval));
        }
    }

    /// <summary>Begins anew with a list, keeping what is known for comparison: after a fault of the program
    /// itself.</summary>
    /// <param name="now">Now, UTC.</param>
    public void Restart(DateTimeOffset now) => StartList(
        IsSynced ? ListReason.Failed : ListReason.First, Later(now + Backoff(0), _listedAt + _limits.MinListInterval));

    private void StartList(ListReason reason, DateTimeOffset notBefore)
    {
        _listReason = reason;
        _continue = "";
        _notBefore = notBefore;
    }

    private void EndList(List<KubeDelta> deltas, DateTimeOffset now)
    {
        string[] gone = [.. _items.Keys.Where(key => !_listedKeys.Contains(key)).Order(StringComparer.Ordinal)];
        foreach (var key in gone)
        {
            _items.Remove(key, out var known);
            deltas.Add(new KubeDelta(KubeDeltaKind.Deleted, known, known!, IsLate: true));
        }

        _listedKeys.Clear();
        _recalledKeys.Clear();
        _version = _listVersion;
        _listReason = null;
        _pageSize = _limits.PageSize;
        _resyncAt = now + _limits.ResyncInterval * (0.9 + 0.2 * _jitter.NextDouble());
        IsSynced = true;
    }

    private void Put(KubeItem item, ICollection<KubeDelta> deltas, bool isListing)
    {
        var isRecalled = _recalledKeys.Remove(item.Key);
        if (!_items.TryGetValue(item.Key, out var known))
        {
            if (_items.Count >= _limits.MaxObjectCount)
            {
                RefusedCount++;
                return;
            }

            var isNew = IsSynced || IsCreatedSince(item);
            deltas.Add(new KubeDelta(isNew ? KubeDeltaKind.Added : KubeDeltaKind.Listed, null, item, isListing));
        }
        else if (known.Uid != item.Uid)
        {
            // Deleted and created anew under the same name while nobody watched.
            deltas.Add(new KubeDelta(KubeDeltaKind.Deleted, known, known, isListing));
            deltas.Add(new KubeDelta(KubeDeltaKind.Added, null, item, isListing));
        }
        else if (isRecalled && IsUnchanged(known, item))
        {
            deltas.Add(new KubeDelta(KubeDeltaKind.Listed, known, item, isListing));
        }
        else if (isListing && _listReason == ListReason.Resync && IsUnchanged(known, item))
        {
            deltas.Add(new KubeDelta(KubeDeltaKind.Resynced, known, item));
        }
        else if (known.ResourceVersion != item.ResourceVersion)
        {
            deltas.Add(new KubeDelta(KubeDeltaKind.Updated, known, item, isListing));
        }

        _items[item.Key] = item;
    }

    /// <summary>A node's version grows with every heartbeat while it says the same.</summary>
    private static bool IsUnchanged(KubeItem known, KubeItem item) =>
        known.ResourceVersion == item.ResourceVersion
        || (known.State is { } before && item.State is { } after && KubeItem.SaysTheSame(before, after));

    private bool IsCreatedSince(KubeItem item) =>
        item.State is { } state && FactBuilder.InstantOf(state, KubeFacts.CreatedAt) > _recalledUntil;

    private void Advance(string resourceVersion)
    {
        if (resourceVersion.Length > 0)
        {
            _version = resourceVersion;
            _hasEvent = true;
        }
    }

    private TimeSpan Wait(InformerFailure failure, TimeSpan retryAfter)
    {
        var asked = retryAfter < _limits.RefusedBackoff ? retryAfter : _limits.RefusedBackoff;
        return failure == InformerFailure.Refused
            ? _limits.RefusedBackoff
            : Longer(asked, Backoff(_failuresInRow++));
    }

    /// <summary>Exponential with equal jitter: half fixed, half random.</summary>
    private TimeSpan Backoff(int attempt)
    {
        var full = _limits.BackoffFirst * Math.Pow(2, Math.Min(attempt, 20));
        full = full < _limits.BackoffMax ? full : _limits.BackoffMax;
        return full * (0.5 + 0.5 * _jitter.NextDouble());
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
