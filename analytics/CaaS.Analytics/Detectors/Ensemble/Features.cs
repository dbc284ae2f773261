namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Deviations of a point from what its series did so far, one per feature, with sign.</summary>
internal static class Features
{
    private static readonly float[] Cos = [.. Enumerable.Range(0, SeriesState.SpectralBins).Select(k => 0.96f * MathF.Cos(MathF.PI * (k + 0.5f) / SeriesState.SpectralBins))];
    private static readonly float[] Sin = [.. Enumerable.Range(0, SeriesState.SpectralBins).Select(k => 0.96f * MathF.Sin(MathF.PI * (k + 0.5f) / SeriesState.SpectralBins))];

    public static void Step(ref SeriesState s, long ms, float x, Span<float> z, EnsembleOptions o)
    {
        z.Clear();
        if (s.Count == 0)
        {
            s.Count = 1;
            s.LastMs = ms;
            s.Last = s.Fast = s.Mid = s.Slow = s.Low = s.High = x;
            return;
        }

        var n = s.Count++;
        var warm = 1f / (n + 1);
        var aFast = Math.Max(Share(o.FastHalfLife), warm);
        var aMid = Math.Max(Share(o.MidHalfLife), warm);
        var aSlow = Math.Max(Share(o.SlowHalfLife), warm);
        var gap = (float)Math.Max(0, ms - s.LastMs);
        s.LastMs = ms;
        s.Interval = n == 1 ? gap : s.Interval + (Math.Max(warm, 0.02f) * (Math.Min(gap, 4 * s.Interval) - s.Interval));
        var floor = 1e-6f * (MathF.Abs(s.Slow) + MathF.Abs(x)) + 1e-30f;

        // Level.
        var dFast = x - s.Fast;
        var dMid = x - s.Mid;
        var dSlow = x - s.Slow;
        var sdMid = MathF.Sqrt(s.MidVar) + floor;
        var sdSlow = MathF.Sqrt(s.SlowVar) + floor;
        var sdFastDistance = MathF.Sqrt(s.FastDistanceVar) + floor;
        z[0] = dFast / sdFastDistance;
        z[1] = dMid / sdMid;
        z[2] = dSlow / sdSlow;

        // Difference.
        var diff = x - s.Last;
        var sdDiff = MathF.Sqrt(s.DiffVar) + floor;
        z[3] = diff / sdDiff;

        // Shift, variance, roughness.
        z[6] = 4 * (s.Fast - s.Slow) / sdSlow;
        z[7] = 4 * (s.Mid - s.Slow) / sdSlow;
        z[8] = 4 * MathF.Log2((s.FastVar + (floor * floor)) / (s.MidVar + (floor * floor)));
        z[9] = 8 * MathF.Log2((s.RoughFast + floor) / (s.RoughMid + floor));

        // Range.
        var span = s.High - s.Low + floor;
        z[10] = x > s.High ? 10 * (x - s.High) / span : x < s.Low ? 10 * (x - s.Low) / span : 0;
        s.High = Math.Max(s.High, x);
        s.Low = Math.Min(s.Low, x);

        // Season.
        Season(ref s, ms, x, z, o, floor, n);

        // Context.
        Context(ref s, z, dSlow / sdSlow, diff / sdDiff);

        // Flat run.
        s.FlatRun = diff == 0 ? s.FlatRun + 1 : 0;
        z[13] = s.FlatRun;

        // Spectral and autoregressive.
        Spectral(ref s, z, Math.Clamp(dMid / sdMid, -8, 8));
        Forecast(ref s, z, x, sdMid);

        // Update.
        s.FastDistanceVar = Grown(s.FastDistanceVar, dFast, aMid, n);
        s.Fast += aFast * dFast;
        s.FastVar += aFast * (Squared(dFast) - s.FastVar);
        s.Mid += aMid * dMid;
        s.MidVar = Grown(s.MidVar, dMid, aMid, n);
        var reach = n < 20 ? float.MaxValue : sdSlow * MathF.Sqrt(Growth / aSlow);
        s.Slow += aSlow * Math.Clamp(dSlow, -reach, reach);
        s.SlowVar = Grown(s.SlowVar, dSlow, aSlow, n);
        s.DiffVar = Grown(s.DiffVar, diff, aMid, n);
        s.RoughFast += aFast * (MathF.Abs(diff) - s.RoughFast);
        s.RoughMid += aMid * (MathF.Abs(diff) - s.RoughMid);
        s.Last = x;
    }

    private const float Growth = 0.25f;

    /// <summary>Decayed variance that no single point raises by more than a quarter.</summary>
    private static float Grown(float variance, float distance, float share, int n)
    {
        var added = share * (Squared(distance) - variance);
        return variance + (n < 20 || variance <= 0 ? added : Math.Min(added, Growth * variance));
    }

    private static float Share(float halfLife) => 1 - MathF.Pow(0.5f, 1 / halfLife);

    private static float Squared(float v) => v * v;

    private static void Season(ref SeriesState s, long ms, float x, Span<float> z, EnsembleOptions o, float floor, int n)
    {
        var minute = (int)(ms / 60_000 % 1440);
        var bin = minute * SeriesState.DayBins / 1440;
        var weekday = (int)(((ms / 86_400_000) + 4) % 7);
        var seen = s.DaySeen[bin];
        var perBin = Math.Max(1, 86_400_000f / SeriesState.DayBins / Math.Max(1000, s.Interval));
        var isKnown = seen >= Math.Min(200, perBin);
        var residual = x - s.Day[bin];
        var full = residual - s.Week[weekday];
        var sd = MathF.Sqrt(s.SeasonVar) + floor;
        var share = Math.Max(1 - MathF.Pow(0.5f, 1 / (perBin * 5)), 1f / (seen + 1));
        if (isKnown)
        {
            z[4] = full / sd;
            var clipped = Math.Clamp(full / sd, -6, 6);
            s.Lasting += Share(o.LastingHalfLife) * (clipped - s.Lasting);
            z[5] = 4 * s.Lasting;
            s.SeasonVar = Grown(s.SeasonVar, full, Math.Max(Share(o.MidHalfLife * 4), 1f / n), n);
            residual = Math.Clamp(residual, -6 * sd, 6 * sd);
            s.Week[weekday] += share * 0.2f * (Math.Clamp(full, -6 * sd, 6 * sd));
        }
        else
        {
            s.SeasonVar = Grown(s.SeasonVar, x - s.Slow, Math.Max(Share(o.MidHalfLife * 4), 1f / n), n);
        }

        s.Day[bin] += share * residual;
        s.DaySeen[bin] = (byte)Math.Min(255, seen + 1);
    }

    private static void Context(ref SeriesState s, Span<float> z, float level, float diff)
    {
        var l = Math.Clamp((int)MathF.Floor(level * 1.5f) + 4, 0, 7);
        var size = MathF.Abs(diff);
        var d = size < 0.1f ? 0 : Math.Clamp((int)(MathF.Log2(size) + 3.4f), 0, 6);
        var word = (l * 16) + (diff < 0 ? 7 - d : 7 + d);
        ref var cell = ref s.Words[word];
        z[11] = 2 * MathF.Log2((s.WordCount + 1) / (cell + 0.5f));
        cell = (byte)(cell + 1);
        s.WordCount++;
        if (cell == 255)
        {
            s.WordCount = 0;
            foreach (ref var c in (Span<byte>)s.Words)
            {
                c /= 2;
                s.WordCount += c;
            }
        }

        var hash = (uint)((word * 0x9E3779B1) ^ (s.Word1 * 0x85EBCA77) ^ (s.Word2 * 0xC2B2AE3D));
        hash ^= hash >> 15;
        hash *= 0x2C1B3C6D;
        hash ^= hash >> 12;
        ref var a = ref s.Triples[(int)(hash & 127)];
        ref var b = ref s.Triples[128 + (int)((hash >> 8) & 127)];
        var least = Math.Min(a, b);
        z[12] = 2 * MathF.Log2((s.TripleCount + 1) / (least + 0.5f));
        a = a == least ? (byte)(a + 1) : a;
        b = b == least ? (byte)(b + 1) : b;
        s.TripleCount++;
        if (a == 255 || b == 255)
        {
            s.TripleCount = 0;
            foreach (ref var c in (Span<byte>)s.Triples)
            {
                c /= 2;
                s.TripleCount += c / 2f;
            }
        }

        s.Word2 = s.Word1;
        s.Word1 = word;
    }

    private static void Spectral(ref SeriesState s, Span<float> z, float v)
    {
        Span<float> log = stackalloc float[SeriesState.SpectralBins];
        for (var k = 0; k < SeriesState.SpectralBins; k++)
        {
            var (re, im) = (s.Real[k], s.Imaginary[k]);
            s.Real[k] = (re * Cos[k]) - (im * Sin[k]) + v;
            s.Imaginary[k] = (re * Sin[k]) + (im * Cos[k]);
            log[k] = MathF.Log2((s.Real[k] * s.Real[k]) + (s.Imaginary[k] * s.Imaginary[k]) + 1e-6f);
        }

        float sum = 0;
        for (var k = 0; k < SeriesState.SpectralBins; k++)
        {
            var mean = (log[Math.Max(0, k - 1)] + log[k] + log[Math.Min(SeriesState.SpectralBins - 1, k + 1)]) / 3;
            sum += s.Real[k] * MathF.Exp(-0.34657f * mean);
        }

        z[14] = 16 * sum / SeriesState.SpectralBins * 0.5f * MathF.Min(1, MathF.Abs(v));
    }

    private static void Forecast(ref SeriesState s, Span<float> z, float x, float scale)
    {
        float predicted = 0, power = 0.1f;
        var v = Math.Clamp((x - s.Mid) / scale, -8, 8);
        for (var k = 0; k < SeriesState.Order; k++)
        {
            predicted += s.Coefficients[k] * s.Recent[k];
            power += s.Recent[k] * s.Recent[k];
        }

        var error = v - predicted;
        z[15] = error / (MathF.Sqrt(s.ForecastVar) + 1e-3f);
        s.ForecastVar = Grown(s.ForecastVar, error, Math.Max(0.0035f, 1f / s.Count), s.Count);
        var step = 0.02f * error / power;
        for (var k = 0; k < SeriesState.Order; k++)
        {
            s.Coefficients[k] += step * s.Recent[k];
        }

        for (var k = SeriesState.Order - 1; k > 0; k--)
        {
            s.Recent[k] = s.Recent[k - 1];
        }

        s.Recent[0] = v;
    }
}
