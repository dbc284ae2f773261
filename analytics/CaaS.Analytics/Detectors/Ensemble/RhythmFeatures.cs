using System.Runtime.Intrinsics;
using static CaaS.Analytics.Detectors.Ensemble.EnsembleFeature;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Deviations from the short rhythm: spectral residual, autoregression, and pairs of level and step.</summary>
internal static class RhythmFeatures
{
    private const float Decay = 0.96f;
    private const float ClipAt = 8;
    private const float LearningRate = 0.02f;
    private const float ErrorShare = 0.0035f;

    private static readonly float[] Cosines = Turn(Math.Cos);
    private static readonly float[] Sines = Turn(Math.Sin);

    /// <summary>Deviations of the point, then the state with it.</summary>
    /// <param name="s">State.</param>
    /// <param name="level">Distance from the mid mean in standard deviations.</param>
    /// <param name="slow">Distance from the slow mean in standard deviations.</param>
    /// <param name="step">Step in standard deviations.</param>
    /// <param name="z">Deviations out.</param>
    public static void Step(ref SeriesState s, float level, float slow, float step, Span<float> z)
    {
        var v = Math.Clamp(level, -ClipAt, ClipAt);
        z[(int)Spectral] = Saliency(ref s, v);
        z[(int)Autoregressive] = Error(ref s, v);
        z[(int)EnsembleFeature.Context] = Novelty(ref s, slow, step);
    }

    /// <summary>Spectral residual of the newest point.</summary>
    /// <remarks>
    /// Ren et al., KDD 2019. Departures: the ring is a leaky one (each frequency turns and fades, O(8) a point), and
    /// only the newest point's saliency is computed: the spectrum divided by its smoothed amplitude, summed at that
    /// point.
    /// </remarks>
    private static float Saliency(ref SeriesState s, float v)
    {
        var (re, im) = (Vector256.LoadUnsafe(ref s.Real[0]), Vector256.LoadUnsafe(ref s.Imaginary[0]));
        var (cosine, sine) = (Vector256.Create<float>(Cosines), Vector256.Create<float>(Sines));
        var (real, imaginary) = ((re * cosine) - (im * sine) + Vector256.Create(v), (re * sine) + (im * cosine));
        real.StoreUnsafe(ref s.Real[0]);
        imaginary.StoreUnsafe(ref s.Imaginary[0]);
        var power = (real * real) + (imaginary * imaginary) + Vector256.Create(1e-6f);
        var before = Vector256.Shuffle(power, Vector256.Create(0, 0, 1, 2, 3, 4, 5, 6));
        var after = Vector256.Shuffle(power, Vector256.Create(1, 2, 3, 4, 5, 6, 7, 7));

        // The geometric mean of three neighbours' amplitudes is the sixth root of the product of their powers.
        var amplitude = Vector256.Exp(Vector256.Log(before * power * after) * (1f / 6));
        return Vector256.Sum(real / amplitude) * 8 / SeriesState.SpectralBins * MathF.Min(1, MathF.Abs(v));
    }

    /// <summary>Error of a one-step forecast of order four, learned by normalised least mean squares
    /// (Widrow-Hoff).</summary>
    private static float Error(ref SeriesState s, float v)
    {
        float forecast = 0, power = 0.1f;
        for (var k = 0; k < SeriesState.Order; k++)
        {
            forecast += s.Forecast[k] * s.Recent[k];
            power += s.Recent[k] * s.Recent[k];
        }

        var error = v - forecast;
        var deviation = error / (MathF.Sqrt(s.ForecastVariance) + 1e-3f);
        s.ForecastVariance =
            LevelFeatures.Grown(s.ForecastVariance, error, Math.Max(ErrorShare, 1f / s.Count), s.Count);
        for (var k = SeriesState.Order - 1; k >= 0; k--)
        {
            s.Forecast[k] += LearningRate * error / power * s.Recent[k];
            s.Recent[k] = k == 0 ? v : s.Recent[k - 1];
        }

        return deviation;
    }

    /// <summary>Rarity of the pair of level (8 bins) and step (13 bins by size).</summary>
    private static float Novelty(ref SeriesState s, float slow, float step)
    {
        var level = Math.Clamp((int)MathF.Floor(slow * 1.5f) + 4, 0, 7);
        var size = MathF.Abs(step);
        var octave = size < 0.1f ? 0 : Math.Clamp((int)(MathF.Log2(size) + 3.4f), 0, 6);
        ref var cell = ref s.Context[(level * 13) + (step < 0 ? 6 - octave : 6 + octave)];
        var novelty = 2 * MathF.Log2((s.WordsSeen + 1) / (cell + 0.5f));
        s.WordsSeen++;
        if (++cell == byte.MaxValue)
        {
            s.WordsSeen = 0;
            foreach (ref var word in (Span<byte>)s.Context)
            {
                word /= 2;
                s.WordsSeen += word;
            }
        }

        return novelty;
    }

    private static float[] Turn(Func<double, double> of)
    {
        var turned = new float[SeriesState.SpectralBins];
        for (var k = 0; k < turned.Length; k++)
        {
            turned[k] = Decay * (float)of(Math.PI * (k + 0.5) / turned.Length);
        }

        return turned;
    }
}
