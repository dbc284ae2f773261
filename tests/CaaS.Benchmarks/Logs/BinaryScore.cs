namespace CaaS.Benchmarks.Logs;

/// <summary>Precision, recall and F1 of what was told.</summary>
internal readonly record struct BinaryScore(double Precision, double Recall, double F1)
{
    /// <summary>Scores verdicts.</summary>
    public static BinaryScore Of(IReadOnlyList<LabelledSession> sessions, bool[] told)
    {
        int right = 0;
        for (int index = 0; index < told.Length; index++)
        {
            right += told[index] && sessions[index].IsAnomalous ? 1 : 0;
        }
        int all = told.Count(value => value);
        int bad = sessions.Count(session => session.IsAnomalous);
        return new BinaryScore(
            all == 0 ? 0 : right / (double)all,
            bad == 0 ? 0 : right / (double)bad,
            all + bad == 0 ? 0 : 2.0 * right / (all + bad));
    }
}
