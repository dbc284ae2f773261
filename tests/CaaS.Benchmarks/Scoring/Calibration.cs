using System.Globalization;

namespace CaaS.Benchmarks.Scoring;

/// <summary>Expected calibration error in ten equal bins of confidence (Naeini et al., AAAI 2015).</summary>
internal sealed class Calibration
{
    private const int BinCount = 10;
    private readonly (int Count, double Sure, int Right)[] _bins = new (int, double, int)[BinCount];

    public double Error
    {
        get
        {
            var all = Math.Max(1, _bins.Sum(bin => bin.Count));
            return _bins.Sum(bin => Math.Abs(bin.Sure - bin.Right)) / all;
        }
    }

    public void Add(double confidence, bool right)
    {
        var at = Math.Clamp((int)(confidence * BinCount), 0, BinCount - 1);
        _bins[at] = (_bins[at].Count + 1, _bins[at].Sure + confidence, _bins[at].Right + (right ? 1 : 0));
    }

    public void Print(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Expected calibration error of the first suspect {Error:0.000}; mean confidence, share right, cases:"));
        foreach (var (count, sure, right) in _bins.Where(bin => bin.Count > 0))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {sure / count:0.00}  {(double)right / count:0.00}  {count}"));
        }
    }
}
