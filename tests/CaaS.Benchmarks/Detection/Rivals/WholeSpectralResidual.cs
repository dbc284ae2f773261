using System.Numerics;

namespace CaaS.Benchmarks.Detection.Rivals;

/// <summary>Spectral residual of a whole series at once, as TSB-AD publishes it: looks ahead, and only serves to prove
/// the scorer.</summary>
/// <remarks>Ren et al., KDD 2019, with TSB-AD's constants: the log spectrum less its mean over 100 frequencies, padded
/// with the first and the last value of the series.</remarks>
internal static class WholeSpectralResidual
{
    private const int Averaging = 100;

    /// <summary>Scores every row; O(n²).</summary>
    public static double[] Scores(double[] values)
    {
        var (low, high) = (values.Min(), values.Max());
        double[] x = [.. values.Select(v => (v - low) / (high - low))];
        var spectrum = Transform([.. x.Select(v => new Complex(v, 0))], -1);
        double[] logs = [.. spectrum.Select(f => Math.Log(f.Magnitude))];
        var half = x.Length / 2;
        const int Before = (Averaging - 1) / 2;
        double[] padded =
        [
            .. Enumerable.Repeat(x[0], Before),
            .. logs.Skip(1).Take(half),
            .. Enumerable.Repeat(x[^1], Averaging - Before - 1),
        ];
        double[] smooth = [.. Enumerable.Range(0, half).Select(i => padded.AsSpan(i, Averaging).ToArray().Average())];
        double[] means = [logs[0], .. smooth, .. smooth[..(x.Length - 1 - half)].Reverse()];
        var residual = spectrum.Select((f, i) => Complex.FromPolarCoordinates(Math.Exp(logs[i] - means[i]), f.Phase));
        return [.. Transform([.. residual], 1).Select(f => f.Magnitude / x.Length)];
    }

    /// <summary>Discrete Fourier transform by its definition, of any length; not divided by it.</summary>
    private static Complex[] Transform(Complex[] x, int sign)
    {
        Complex[] turns = [.. x.Select((_, k) => Complex.FromPolarCoordinates(1, sign * 2 * Math.PI * k / x.Length))];
        var transformed = new Complex[x.Length];
        for (var k = 0; k < x.Length; k++)
        {
            var (sum, at) = (Complex.Zero, 0);
            foreach (var v in x)
            {
                sum += v * turns[at];
                at = (at + k) % x.Length;
            }

            transformed[k] = sum;
        }

        return transformed;
    }
}
