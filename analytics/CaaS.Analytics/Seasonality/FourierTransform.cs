namespace CaaS.Analytics.Seasonality;

/// <summary>The discrete Fourier transform of any length.</summary>
/// <remarks>
/// Cooley and Tukey, Math. Comp. 19 (1965) for powers of two; Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970)
/// for the rest. Cost O(n log n), allocates the work space. Pure.
/// </remarks>
public static class FourierTransform
{
    /// <summary>Transforms in place.</summary>
    /// <param name="real">Real parts.</param>
    /// <param name="imaginary">Imaginary parts, as many.</param>
    /// <param name="inverse">True for the inverse transform, which divides by the length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Transform(Span<double> real, Span<double> imaginary, bool inverse = false)
    {
        if (real.Length != imaginary.Length)
        {
            throw new ArgumentException("Real and imaginary parts need one length.", nameof(imaginary));
        }
        if (inverse)
        {
            Transform(imaginary, real);
            for (int i = 0; i < real.Length; i++)
            {
                real[i] /= real.Length;
                imaginary[i] /= real.Length;
            }
            return;
        }
        if ((real.Length & (real.Length - 1)) == 0)
        {
            PowerOfTwo(real, imaginary);
        }
        else
        {
            AnyLength(real, imaginary);
        }
    }

    private static void PowerOfTwo(Span<double> re, Span<double> im)
    {
        int n = re.Length;
        for (int i = 1, j = 0; i < n; i++)
        {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }
            j ^= bit;
            if (i < j)
            {
                (re[i], re[j]) = (re[j], re[i]);
                (im[i], im[j]) = (im[j], im[i]);
            }
        }
        for (int size = 2; size <= n; size <<= 1)
        {
            int half = size / 2;
            for (int k = 0; k < half; k++)
            {
                (double sin, double cos) = Math.SinCos(-2 * Math.PI * k / size);
                for (int a = k; a < n; a += size)
                {
                    int b = a + half;
                    double x = re[b] * cos - im[b] * sin;
                    double y = re[b] * sin + im[b] * cos;
                    (re[b], im[b]) = (re[a] - x, im[a] - y);
                    re[a] += x;
                    im[a] += y;
                }
            }
        }
    }

    /// <summary>A transform of length n as a convolution of the next power of two above 2n.</summary>
    private static void AnyLength(Span<double> re, Span<double> im)
    {
        int n = re.Length;
        int m = 1;
        while (m < 2 * n)
        {
            m <<= 1;
        }
        double[] cos = new double[n], sin = new double[n];
        for (int i = 0; i < n; i++)
        {
            (sin[i], cos[i]) = Math.SinCos(Math.PI * ((long)i * i % (2L * n)) / n);
        }
        double[] ar = new double[m], ai = new double[m], br = new double[m], bi = new double[m];
        for (int i = 0; i < n; i++)
        {
            ar[i] = re[i] * cos[i] + im[i] * sin[i];
            ai[i] = im[i] * cos[i] - re[i] * sin[i];
            (br[i], bi[i]) = (cos[i], sin[i]);
            if (i > 0)
            {
                (br[m - i], bi[m - i]) = (cos[i], sin[i]);
            }
        }
        PowerOfTwo(ar, ai);
        PowerOfTwo(br, bi);
        for (int i = 0; i < m; i++)
        {
            (ar[i], ai[i]) = (ar[i] * br[i] - ai[i] * bi[i], ar[i] * bi[i] + ai[i] * br[i]);
        }
        Transform(ar, ai, inverse: true);
        for (int i = 0; i < n; i++)
        {
            re[i] = ar[i] * cos[i] + ai[i] * sin[i];
            im[i] = ai[i] * cos[i] - ar[i] * sin[i];
        }
    }
}
