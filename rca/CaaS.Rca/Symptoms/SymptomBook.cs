using CaaS.Analytics;
using CaaS.Rca.Findings;
using CaaS.Signals;

namespace CaaS.Rca.Symptoms;

/// <summary>The symptoms there are: from anomalies users feel, and from hard facts.</summary>
internal sealed class SymptomBook(RcaOptions options)
{
    private const string AlreadySo = "; it was already so when first seen";

    private readonly SortedDictionary<string, LiveSymptom> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(EntityRef Entity, SymptomSort Sort), LiveSymptom> _facts = [];
    private LiveSymptom[]? _sorted;

    /// <summary>Symptoms not remembered because there were too many.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>All, by onset and then id; sorted once after each change.</summary>
    public IReadOnlyList<LiveSymptom> All =>
        _sorted ??= [.. _byId.Values.OrderBy(symptom => symptom.Since).ThenBy(symptom => symptom.Id, StringComparer.Ordinal)];

    public IEnumerable<LiveSymptom> Pending => All.Where(symptom => symptom.IsActive && symptom.IncidentId.Length == 0);

    public IEnumerable<LiveSymptom> In(string incidentId) => All.Where(symptom => symptom.IncidentId == incidentId);

    public LiveSymptom? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Takes a report of analytics; only failing or slow requests make a symptom.</summary>
    public void Fold(LiveAnomaly seen, DateTimeOffset now)
    {
        var anomaly = seen.Latest;
        if (_byId.TryGetValue(anomaly.Id, out var known))
        {
            known.Until = anomaly.State == AnomalyState.Cleared ? now : null;
            if (anomaly.State != AnomalyState.Cleared)
            {
                Describe(known, anomaly);
            }

            return;
        }

        if (anomaly.State == AnomalyState.Cleared || !IsFelt(anomaly) || !HasRoom())
        {
            return;
        }

        var symptom = new LiveSymptom
        {
            Id = anomaly.Id,
            Entity = seen.Entity,
            Signal = anomaly.Signal,
            Sort = anomaly.Role == SignalRole.Errors ? SymptomSort.Errors : SymptomSort.Latency,
            Peer = seen.Peer,
            Pod = seen.Pod,
            IsShare = anomaly is { Role: SignalRole.Errors, Unit: "ratio" },
            Since = anomaly.Onset,
            SeenAt = now,
            Text = "",
        };
        Describe(symptom, anomaly);
        _byId.Add(symptom.Id, symptom);
        _sorted = null;
    }

    /// <summary>Makes the facts that are wrong now the ones that last, and ends the others.</summary>
    public void Fold(IReadOnlyList<Condition> conditions, bool isFirstSight, DateTimeOffset now)
    {
        var lasting = new HashSet<(EntityRef, SymptomSort)>();
        foreach (var condition in conditions)
        {
            var key = (condition.Entity, condition.Sort);
            lasting.Add(key);
            if (_facts.TryGetValue(key, out var known))
            {
                known.Text = known.Text.EndsWith(AlreadySo, StringComparison.Ordinal) ? condition.Text + AlreadySo : condition.Text;
                known.Observed = double.MinNumber(known.Observed, condition.ReadyShare);
                continue;
            }

            if (!HasRoom())
            {
                continue;
            }

            var id = StableId.Of(
                condition.Entity.Scope.ToString(), condition.Entity.ToString(), condition.Sort.ToString(),
                condition.Since.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (!_byId.TryGetValue(id, out var symptom))
            {
                symptom = new LiveSymptom
                {
                    Id = id,
                    Entity = condition.Entity,
                    Signal = condition.Sort.ToString(),
                    Sort = condition.Sort,
                    Pod = condition.Pod,
                    Since = condition.Since,
                    SeenAt = now,
                    Text = condition.Text + (isFirstSight ? AlreadySo : ""),
                    Observed = condition.ReadyShare,
                };
                _byId.Add(id, symptom);
                _sorted = null;
            }

            symptom.Until = null;
            _facts.Add(key, symptom);
        }

        foreach (var (key, symptom) in _facts.Where(pair => !lasting.Contains(pair.Key)).ToArray())
        {
            symptom.Until = now;
            _facts.Remove(key);
        }
    }

    /// <summary>Ends metric symptoms whose only pod is gone: their series will never return to its band.</summary>
    public void EndOf(Func<LiveSymptom, bool> isGone, DateTimeOffset now)
    {
        foreach (var symptom in _byId.Values.Where(symptom => symptom.IsActive && !symptom.IsHard && isGone(symptom)))
        {
            symptom.Until = now;
        }
    }

    /// <summary>Adopts a symptom of a stored incident: the same one when it still lasts, otherwise one that has
    /// ended.</summary>
    public void Restore(Symptom stored, string incidentId, DateTimeOffset now)
    {
        var isFact = Enum.TryParse<SymptomSort>(stored.Signal, out var sort) && sort >= SymptomSort.OomKilled;
        if (!_byId.TryGetValue(stored.Id, out var symptom)
            && !(isFact && stored.Until is null && _facts.TryGetValue((stored.Entity, sort), out symptom)))
        {
            symptom = new LiveSymptom
            {
                Id = stored.Id,
                Entity = stored.Entity,
                Signal = stored.Signal,
                Sort = isFact ? sort
                    : stored.Signal.Contains("duration", StringComparison.OrdinalIgnoreCase)
                        || stored.Signal.Contains("latency", StringComparison.OrdinalIgnoreCase) ? SymptomSort.Latency
                    : SymptomSort.Errors,
                Since = stored.Since,
                SeenAt = stored.Since,
                Until = stored.Until ?? now,
                Text = stored.Text,
            };
            _byId[stored.Id] = symptom;
            _sorted = null;
        }

        symptom.IncidentId = incidentId;
        symptom.JoinedBecause = stored.JoinedBecause;
    }

    /// <summary>Forgets symptoms that ended without an incident, or whose incident is over.</summary>
    public void Sweep(Func<string, bool> isOpen, DateTimeOffset now)
    {
        foreach (var (id, symptom) in _byId.ToArray())
        {
            var isOver = symptom.Until < now - options.SettleTime
                && (symptom.IncidentId.Length == 0 || !isOpen(symptom.IncidentId));
            if (isOver)
            {
                _byId.Remove(id);
                _sorted = null;
            }
        }
    }

    private static void Describe(LiveSymptom symptom, Anomaly anomaly)
    {
        var what = symptom.Sort == SymptomSort.Errors ? "fail" : "are slow";
        var where = symptom.Peer.Length > 0 ? $"Requests of {symptom.Entity.Name} to {symptom.Peer} {what}" : $"Requests to {symptom.Entity.Name} {what}";
        symptom.Text = $"{where}: {Numbers.Band(anomaly)}";
        symptom.Score = Math.Max(symptom.SeenAt == anomaly.At ? 0 : symptom.Score, anomaly.Score);
        symptom.Observed = double.MaxNumber(symptom.Observed, anomaly.Observed);
        var top = anomaly.ExpectedHigh;
        symptom.Excess = top > 0 && anomaly.Observed > top ? Math.Max(symptom.Excess, Math.Min(1000, anomaly.Observed / top)) : symptom.Excess;
    }

    private bool IsFelt(Anomaly anomaly)
    {
        if (anomaly.Kind != AnomalyKind.Metric || anomaly.Observed <= anomaly.ExpectedHigh)
        {
            return false;
        }

        return anomaly.Role switch
        {
            SignalRole.Errors => anomaly.Unit != "ratio" || anomaly.Observed >= options.ErrorShareFloor,
            SignalRole.Latency => !double.IsFinite(anomaly.ExpectedHigh) || anomaly.Unit != "s"
                || (anomaly.Observed - anomaly.ExpectedHigh >= options.LatencyRiseFloorSeconds
                    && anomaly.Observed >= anomaly.ExpectedHigh * options.LatencyRatioFloor),
            _ => false,
        };
    }

    private bool HasRoom()
    {
        if (_byId.Count < options.MaxAnomalies)
        {
            return true;
        }

        DroppedCount++;
        return false;
    }
}
