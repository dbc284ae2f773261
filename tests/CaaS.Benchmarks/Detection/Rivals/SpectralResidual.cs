using Spectrum = CaaS.Analytics.Seasonality.SpectralResidual;

namespace CaaS.Benchmarks.Detection.Rivals;

/// <summary>Spectral residual over a sliding window, judged at its last row.</summary>
/// <remarks>
/// Ren et al., "Time-Series Anomaly Detection Service at Microsoft", KDD 2019, with the constants of ML.NET's
/// DetectAnomalyBySrCnn: window 64, five rows added behind by the estimated gradient, averaging 3, judgement 21.
/// </remarks>
internal sealed class SpectralResidual : IRival
{
    private const int Window = 64;
    private const int BackAdd = 5;
    private const int LookAhead = 5;
    private const int Averaging = 3;
    private const int Judgement = 21;

    public string Name => "spectral residual";

    public double[] Scores(double[] values)
    {
        const int Used = Window - BackAdd;
        var scores = new double[values.Length];
        for (var row = Used; row < values.Length; row++)
        {
            var window = Spectrum.Extend(values.AsSpan(row - Used + 1, Used), BackAdd, LookAhead);
            var saliency = Spectrum.Saliency(window, Averaging)[(Used - Judgement)..Used];
            var average = saliency.Average();
            scores[row] = Math.Max(0, (saliency[^1] - average) / Math.Max(average, 1e-8));
        }

        return scores;
    }
}
