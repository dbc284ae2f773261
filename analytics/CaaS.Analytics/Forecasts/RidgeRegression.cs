using System.Numerics;

namespace CaaS.Analytics.Forecasts;

/// <summary>Least squares with a quadratic penalty, by the normal equations and Cholesky factors.</summary>
/// <remarks>
/// Hoerl and Kennard, "Ridge Regression", Technometrics 12 (1970). Every column is penalised in proportion to its own
/// mean square, so that units do not matter. Cost O(rows columns^2) to add, O(columns^3) to solve. Not thread-safe.
/// </remarks>
internal sealed class RidgeRegression
{
    private readonly int _count;
    private readonly double[] _gram;
    private readonly double[] _moment;

    /// <summary>An empty problem.</summary>
    /// <param name="count">How many columns.</param>
    public RidgeRegression(int count)
    {
        _count = count;
        _gram = new double[count * count];
        _moment = new double[count];
    }

    /// <summary>Adds one row.</summary>
    public void Add(ReadOnlySpan<double> row, double target, double weight = 1)
    {
        for (int i = 0; i < _count; i++)
        {
            double scaled = row[i] * weight;
            if (scaled == 0)
            {
                continue;
            }
            AddScaled(row[..(i + 1)], scaled, _gram.AsSpan(i * _count, i + 1));
            _moment[i] += scaled * target;
        }
    }

    /// <summary>Makes everything added so far count less.</summary>
    public void Forget(double factor)
    {
        foreach (ref double v in _gram.AsSpan())
        {
            v *= factor;
        }
        foreach (ref double v in _moment.AsSpan())
        {
            v *= factor;
        }
    }

    /// <summary>Solves for the coefficients.</summary>
    /// <param name="penalty">Share of each column's sum of squares that is added to its diagonal, above 0.</param>
    /// <returns>One coefficient a column; zero for a column that was always zero.</returns>
    public double[] Solve(double penalty)
    {
        int n = _count;
        var factor = (double[])_gram.Clone();
        for (int i = 0; i < n; i++)
        {
            factor[i * n + i] += _gram[i * n + i] * penalty + 1e-12;
        }
        var x = (double[])_moment.Clone();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = factor[i * n + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[i * n + k] * factor[j * n + k];
                }
                factor[i * n + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / factor[j * n + j];
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
            {
                x[i] -= factor[i * n + k] * x[k];
            }
            x[i] /= factor[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
            {
                x[i] -= factor[k * n + i] * x[k];
            }
            x[i] /= factor[i * n + i];
        }
        return x;
    }

    private static void AddScaled(ReadOnlySpan<double> row, double factor, Span<double> sum)
    {
        int j = 0;
        for (; j <= row.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            Vector<double> added = new Vector<double>(sum[j..]) + factor * new Vector<double>(row[j..]);
            added.CopyTo(sum[j..]);
        }
        for (; j < row.Length; j++)
        {
            sum[j] += factor * row[j];
        }
    }
}
