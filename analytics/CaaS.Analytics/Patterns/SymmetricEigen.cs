namespace CaaS.Analytics.Patterns;

/// <summary>Eigenvalues and vectors of a symmetric matrix by Jacobi rotations.</summary>
/// <remarks>
/// Golub and Van Loan, "Matrix Computations", 4th ed., section 8.5. Cost O(n^3) a sweep, about six sweeps.
/// </remarks>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 30;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">Row-major, n times n, symmetric; destroyed.</param>
    /// <param name="n">Its size.</param>
    /// <returns>Eigenvalues, greatest first, and the vectors in the same order.</returns>
    public static (double[] Values, double[][] Vectors) Decompose(double[] matrix, int n)
    {
        var vectors = new double[n][];
        for (int i = 0; i < n; i++)
        {
            vectors[i] = new double[n];
            vectors[i][i] = 1;
        }
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            double off = 0;
            double diagonal = 0;
            for (int i = 0; i < n; i++)
            {
                diagonal += matrix[i * n + i] * matrix[i * n + i];
                for (int j = i + 1; j < n; j++)
                {
                    off += matrix[i * n + j] * matrix[i * n + j];
                }
            }
            if (off <= 1e-20 * diagonal)
            {
                break;
            }
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Rotate(matrix, vectors, n, p, q);
                }
            }
        }
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => matrix[i * n + i])];
        return ([.. order.Select(i => matrix[i * n + i])], [.. order.Select(i => vectors[i])]);
    }

    private static void Rotate(double[] m, double[][] vectors, int n, int p, int q)
    {
        double pq = m[p * n + q];
        if (pq == 0)
        {
            return;
        }
        double theta = (m[q * n + q] - m[p * n + p]) / (2 * pq);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < n; k++)
        {
            (double kp, double kq) = (m[k * n + p], m[k * n + q]);
            m[k * n + p] = c * kp - s * kq;
            m[k * n + q] = s * kp + c * kq;
        }
        for (int k = 0; k < n; k++)
        {
            (double pk, double qk) = (m[p * n + k], m[q * n + k]);
            m[p * n + k] = c * pk - s * qk;
            m[q * n + k] = s * pk + c * qk;
            (double vp, double vq) = (vectors[p][k], vectors[q][k]);
            vectors[p][k] = c * vp - s * vq;
            vectors[q][k] = s * vp + c * vq;
        }
    }
}
