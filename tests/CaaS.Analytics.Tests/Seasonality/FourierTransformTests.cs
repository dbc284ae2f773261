using CaaS.Analytics.Seasonality;
using Xunit;

namespace CaaS.Analytics.Tests.Seasonality;

public class FourierTransformTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(97)]
    [InlineData(432)]
    public void The_transform_is_the_sum_it_is_defined_by(int n)
    {
        var random = new Random(n);
        double[] re = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];
        double[] im = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];
        double[] fastRe = [.. re], fastIm = [.. im];

        FourierTransform.Transform(fastRe, fastIm);

        for (int k = 0; k < n; k++)
        {
            double sumRe = 0, sumIm = 0;
            for (int t = 0; t < n; t++)
            {
                (double sin, double cos) = Math.SinCos(-2 * Math.PI * k * t / n);
                sumRe += re[t] * cos - im[t] * sin;
                sumIm += re[t] * sin + im[t] * cos;
            }
            Assert.Equal(sumRe, fastRe[k], 8);
            Assert.Equal(sumIm, fastIm[k], 8);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(30)]
    public void Back_and_forth_is_nothing(int n)
    {
        double[] re = [.. Enumerable.Range(0, n).Select(t => Math.Sin(t) * t)];
        double[] copy = [.. re], im = new double[n];

        FourierTransform.Transform(copy, im);
        FourierTransform.Transform(copy, im, inverse: true);

        Assert.All(copy.Zip(re, (a, b) => Math.Abs(a - b)), d => Assert.InRange(d, 0, 1e-9));
    }
}
