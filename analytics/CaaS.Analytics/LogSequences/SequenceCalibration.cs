using CaaS.Analytics.State;

namespace CaaS.Analytics.LogSequences;

/// <summary>How unusual each learned session is among the others, by test.</summary>
/// <param name="count">Sessions learned.</param>
/// <param name="neighbour">Which nearest session distances are taken to.</param>
/// <param name="alarm">P-value from which a session is told.</param>
internal sealed class SequenceCalibration(int count, int neighbour, double alarm)
{
    private readonly List<(double Score, int Sessions)> _templates = [];
    private readonly List<(double Score, int Sessions)> _pairs = [];
    private readonly List<(double Score, int Sessions)> _distances = [];
    private readonly List<(double Score, int Sessions)> _lengths = [];

    /// <summary>Sessions learned.</summary>
    public int Count => count;

    /// <summary>Which nearest session distances are taken to.</summary>
    public int Neighbour => neighbour;

    /// <summary>P-value from which a session is told.</summary>
    public double Alarm => alarm;

    /// <summary>Takes in the scores of learned sessions that are alike.</summary>
    public void Add(int sessions, int templates, int pairs, double distance, int length)
    {
        _templates.Add((templates, sessions));
        _pairs.Add((pairs, sessions));
        _distances.Add((distance, sessions));
        _lengths.Add((length, sessions));
    }

    /// <summary>Makes it ready.</summary>
    public void Sort() => _lengths.Sort();

    /// <summary>Share of sessions with so many templates that no other has.</summary>
    public double TemplateP(double score) => P(_templates, score);

    /// <summary>Share of sessions with so many pairs that no other has; 1 when there is none.</summary>
    public double PairP(double score) => score > 0 ? P(_pairs, score) : 1;

    /// <summary>Share of sessions so far from the others; 1 for one that is near.</summary>
    public double DistanceP(double score) => score > 0 ? P(_distances, score) : 1;

    /// <summary>Twice the share of sessions as short or as long, whichever is less.</summary>
    public double LengthP(double length)
    {
        var shorter = 1;
        var longer = 1;
        foreach (var (score, sessions) in _lengths)
        {
            shorter += score <= length ? sessions : 0;
            longer += score >= length ? sessions : 0;
        }

        return Math.Min(1, 2.0 * Math.Min(shorter, longer) / (count + 1));
    }

    /// <summary>Saves or loads a calibration.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="calibration">Calibration; null while loading.</param>
    /// <returns>The one that counts.</returns>
    public static SequenceCalibration Sync(StateArchive archive, SequenceCalibration? calibration)
    {
        var sessions = archive.Value(calibration?.Count ?? 0);
        var near = archive.Value(calibration?.Neighbour ?? 0);
        var told = archive.Value(calibration?.Alarm ?? 0);
        calibration ??= new SequenceCalibration(sessions, near, told);
        foreach (var scores in new[]
        {
            calibration._templates, calibration._pairs, calibration._distances, calibration._lengths,
        })
        {
            archive.List(scores, score => (archive.Value(score.Score), archive.Value(score.Sessions)));
        }

        return calibration;
    }

    private double P(List<(double Score, int Sessions)> scores, double score)
    {
        var more = 1;
        foreach (var (other, sessions) in scores)
        {
            more += other >= score ? sessions : 0;
        }

        return more / (count + 1.0);
    }
}
