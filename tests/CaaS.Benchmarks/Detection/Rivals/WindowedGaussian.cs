namespace CaaS.Benchmarks.Detection.Rivals;

/// <summary>Distance from the mean of a long window in its standard deviations.</summary>
/// <remarks>NAB's windowedGaussian: window 6,400, moved on by 100 rows; ours is given no look at the first
/// rows.</remarks>
internal sealed class WindowedGaussian : IRival
{
    private const int Window = 6400;
    private const int Step = 100;

    public string Name => "windowed Gaussian";

    public double[] Scores(double[] values)
    {
        var scores = new double[values.Length];
        double mean = 0, deviation = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (row % Step == 0 || row < Step)
            {
                var past = values.AsSpan(Math.Max(0, row - Window), Math.Min(row, Window));
                mean = 0;
                foreach (var value in past)
                {
                    mean += value / past.Length;
                }

                deviation = 0;
                foreach (var value in past)
                {
                    deviation += (value - mean) * (value - mean) / past.Length;
                }

                deviation = Math.Sqrt(deviation);
            }

            scores[row] = row < 10 ? 0 : Math.Min(1e6, Math.Abs(values[row] - mean) / Math.Max(deviation, 1e-9));
        }

        return scores;
    }
}
