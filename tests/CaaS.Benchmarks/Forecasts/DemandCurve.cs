namespace CaaS.Benchmarks.Forecasts;

/// <summary>What over-provisioning each violation rate costs a method, along its knob.</summary>
/// <param name="points">One point a setting of the knob.</param>
internal sealed class DemandCurve(IEnumerable<(double Violations, double Over)> points)
{
    private readonly (double Violations, double Over)[] _points = [.. points.OrderBy(p => p.Violations)];

    /// <summary>
    /// The over-provisioning at a violation rate: between settings linear in its logarithm, NaN outside of them.
    /// </summary>
    public double At(double violations)
    {
        for (int i = 1; i < _points.Length; i++)
        {
            (double low, double expensive) = _points[i - 1];
            (double high, double cheap) = _points[i];
            if (low <= violations && violations <= high)
            {
                double share = high > low ? Math.Log((violations + 1e-5) / (low + 1e-5)) / Math.Log((high + 1e-5) / (low + 1e-5)) : 0;
                return expensive + (cheap - expensive) * share;
            }
        }
        return double.NaN;
    }
}
