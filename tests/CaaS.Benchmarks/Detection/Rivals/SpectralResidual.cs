using System.Numerics;

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
        var scores = new double[values.Length];
        var window = new double[Window];
        var spectrum = new Complex[Window];
        var log = new double[Window];
        for (var row = Window - BackAdd; row < values.Length; row++)
        {
            var used = Window - BackAdd;
            values.AsSpan(row - used + 1, used).CopyTo(window);
            double gradients = 0;
            for (var back = 1; back <= LookAhead; back++)
            {
                gradients += (window[used - 1] - window[used - 1 - back]) / back;
            }

            // The point added is the one a look-ahead ago plus the mean gradient, repeated.
            window.AsSpan(used).Fill(window[used - LookAhead] + gradients);
            for (var i = 0; i < Window; i++)
            {
                spectrum[i] = window[i];
            }

            Transform(spectrum, -1);
            for (var i = 0; i < Window; i++)
            {
                log[i] = Math.Log(Math.Max(spectrum[i].Magnitude, 1e-8));
            }

            for (var i = 0; i < Window; i++)
            {
                double mean = 0;
                var from = Math.Max(0, i - Averaging + 1);
                for (var j = from; j <= i; j++)
                {
                    mean += log[j] / (i - from + 1);
                }

                spectrum[i] *= Math.Exp(log[i] - mean) / Math.Max(spectrum[i].Magnitude, 1e-8);
            }

            Transform(spectrum, 1);
            double average = 0;
            var last = used - 1;
            for (var i = last - Judgement + 1; i <= last; i++)
            {
                average += spectrum[i].Magnitude / Judgement;
            }

            scores[row] = Math.Max(0, (spectrum[last].Magnitude - average) / Math.Max(average, 1e-8));
        }

        return scores;
    }

    /// <summary>Fast Fourier transform in place, not scaled; the length is a power of two.</summary>
    internal static void Transform(Complex[] data, int sign)
    {
        for (int i = 1, j = 0; i < data.Length; i++)
        {
            var bit = data.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (data[i], data[j]) = (data[j], data[i]);
            }
        }

        for (var size = 2; size <= data.Length; size <<= 1)
        {
            var turn = Complex.FromPolarCoordinates(1, sign * 2 * Math.PI / size);
            for (var start = 0; start < data.Length; start += size)
            {
                var w = Complex.One;
                for (var k = 0; k < size / 2; k++)
                {
                    var (even, odd) = (data[start + k], data[start + k + (size / 2)] * w);
                    data[start + k] = even + odd;
                    data[start + k + (size / 2)] = even - odd;
                    w *= turn;
                }
            }
        }
    }
}
