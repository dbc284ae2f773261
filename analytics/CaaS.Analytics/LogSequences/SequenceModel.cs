using System.Collections.Immutable;
using CaaS.Analytics.State;

namespace CaaS.Analytics.LogSequences;

/// <summary>Learns normal log sessions and judges others.</summary>
/// <remarks>
/// Four tests, those that Landauer, Skopik and Wurzenberger ("A Critical Review of Common Log Data Sets Used for
/// Evaluation of Sequence-based Anomaly Detection Techniques", FSE 2024) found as good as deep nets: templates never
/// seen, pairs never seen, count vectors, length. Departures: the distance of count vectors is weighted by how telling
/// a template is, and taken to the k-th nearest session learned, k the share that may be rare, so that what was seen
/// once or twice among thousands stays rare; thresholds come from no label but from the learned sessions themselves,
/// each compared with the others (leave-one-out conformal p-values: Vovk et al., "Algorithmic Learning in a Random
/// World", 2005). A template never seen is told whatever its p-value. Thresholds are renewed when the sessions learned
/// have grown by an eighth, at O(vectors² × templates). Deterministic; not thread-safe; a judgement costs O(vectors ×
/// templates).
/// </remarks>
public sealed class SequenceModel(SequenceOptions options)
{
    private static readonly Comparer<(string First, string Second)> PairOrder = Comparer<(string First, string Second)>
        .Create((one, two) => string.CompareOrdinal(one.First, two.First) is not 0 and var first
            ? first : string.CompareOrdinal(one.Second, two.Second));

    private readonly Dictionary<string, int> _templateSessions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string First, string Second), int> _pairSessions = [];
    private readonly Dictionary<string, CountVector> _vectors = new(StringComparer.Ordinal);
    private readonly List<CountVector> _order = [];
    private readonly List<LogSession> _sessions = [];
    private SequenceCalibration? _calibration;
    private int _calibrated;

    /// <summary>Sessions learned.</summary>
    public int Count { get; private set; }

    /// <summary>Learns a session taken to be normal.</summary>
    /// <param name="session">Session.</param>
    public void Learn(LogSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        Count++;
        if (Count - _calibrated > _calibrated / 8)
        {
            _calibration = null;
        }

        foreach (var template in session.Counts.Keys)
        {
            CountUp(_templateSessions, template, options.MaxTemplates);
        }

        foreach (var pair in session.Pairs)
        {
            CountUp(_pairSessions, pair, options.MaxPairs);
        }

        var key = CountVector.KeyOf(session);
        if (_vectors.TryGetValue(key, out var known))
        {
            known.Sessions++;
            return;
        }

        var vector = new CountVector(session);
        if (_order.Count < options.MaxVectors)
        {
            _vectors.Add(key, vector);
            _order.Add(vector);
            _sessions.Add(session);
        }
        else
        {
            _order.MinBy(other => other.DistanceTo(session, Weight))!.Sessions++;
        }
    }

    /// <summary>Judges a session without learning it.</summary>
    /// <param name="session">Session.</param>
    /// <returns>The verdict; ordinary while nothing was learned.</returns>
    public SequenceVerdict Judge(LogSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (Count == 0)
        {
            return new SequenceVerdict(1, [], []);
        }

        var calibration = _calibration ??= Calibrate();
        var findings = ImmutableArray.CreateBuilder<SequenceFinding>();
        ImmutableArray<string> unseen =
            [.. session.Counts.Keys.Where(template => !_templateSessions.ContainsKey(template))];
        var p = 1.0;
        if (unseen.Length > 0)
        {
            findings.Add(SequenceFinding.NewTemplate);
            p = Math.Min(p, calibration.TemplateP(unseen.Length));
        }

        Test(SequenceFinding.NewOrder, calibration.PairP(RarePairs(session, 0)));
        Test(SequenceFinding.RareCounts, calibration.DistanceP(Distance(session, calibration.Neighbour, null)));
        Test(SequenceFinding.RareLength, calibration.LengthP(session.Length));
        return new SequenceVerdict(p, findings.ToImmutable(), unseen);

        void Test(SequenceFinding finding, double pOf)
        {
            p = Math.Min(p, pOf);
            if (pOf <= calibration.Alarm)
            {
                findings.Add(finding);
            }
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    internal void Sync(StateArchive archive)
    {
        Count = archive.Value(Count);
        archive.Value(ref _calibrated);
        archive.Map(_templateSessions, count => archive.Value(count));
        archive.Map(
            _pairSessions, PairOrder, pair => (archive.Text(pair.First ?? ""), archive.Text(pair.Second ?? "")),
            count => archive.Value(count));
        archive.List(_sessions, session =>
        {
            session ??= new LogSession();
            session.Sync(archive);
            return session;
        });
        for (var index = 0; index < _sessions.Count; index++)
        {
            if (archive.IsLoading)
            {
                _order.Add(new CountVector(_sessions[index]));
                _vectors[CountVector.KeyOf(_sessions[index])] = _order[index];
            }

            _order[index].Sessions = archive.Value(_order[index].Sessions);
        }

        _calibration = archive.SharedOrNull(_calibration, item => SequenceCalibration.Sync(archive, item));
    }

    private static void CountUp<TKey>(Dictionary<TKey, int> counts, TKey key, int max)
        where TKey : notnull
    {
        if (counts.TryGetValue(key, out var count))
        {
            counts[key] = count + 1;
        }
        else if (counts.Count < max)
        {
            counts.Add(key, 1);
        }
    }

    private SequenceCalibration Calibrate()
    {
        _calibrated = Count;
        var neighbour = 1 + (int)(options.RareShare * Count);
        var calibration = new SequenceCalibration(Count, neighbour, Math.Max(options.RareShare, 1.0 / (Count + 1)));
        for (var index = 0; index < _order.Count; index++)
        {
            var session = _sessions[index];
            var vector = _order[index];
            calibration.Add(
                vector.Sessions,
                session.Counts.Keys.Count(template => _templateSessions.GetValueOrDefault(template) == 1),
                RarePairs(session, 1),
                Distance(session, neighbour, vector),
                session.Length);
        }

        calibration.Sort();
        return calibration;
    }

    /// <summary>Pairs that no more than so many learned sessions have.</summary>
    private int RarePairs(LogSession session, int sessions)
    {
        var rare = 0;
        foreach (var pair in session.Pairs)
        {
            rare += _pairSessions.GetValueOrDefault(pair) <= sessions ? 1 : 0;
        }

        return rare;
    }

    /// <summary>Distance to the k-th nearest session, itself left out when it is one of those learned.</summary>
    private double Distance(LogSession session, int neighbour, CountVector? own)
    {
        var distances = new List<(double Distance, int Sessions)>(_order.Count);
        foreach (var vector in _order)
        {
            var sessions = vector.Sessions - (ReferenceEquals(vector, own) ? 1 : 0);
            if (sessions > 0)
            {
                distances.Add((ReferenceEquals(vector, own) ? 0 : vector.DistanceTo(session, Weight), sessions));
            }
        }

        distances.Sort();
        var seen = 0;
        foreach (var (distance, sessions) in distances)
        {
            seen += sessions;
            if (seen >= neighbour)
            {
                return distance;
            }
        }

        return 1;
    }

    /// <summary>How telling a template is: inverse document frequency, smoothed.</summary>
    private double Weight(string template) =>
        Math.Log(1 + ((Count + 1.0) / (_templateSessions.GetValueOrDefault(template) + 0.5)));
}
