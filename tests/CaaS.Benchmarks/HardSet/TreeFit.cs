using CaaS.Rca.Inquiry.Weighing;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Fits trees that add to what is known of each row of a choice.</summary>
/// <remarks>
/// Gradient boosting (Friedman 2001) of the conditional logit's likelihood, with second-order steps and a ridge on the
/// leaves (Chen and Guestrin, KDD 2016); each tree may ask for some columns only (Friedman 2002), drawn by a fixed seed,
/// and cuts lie at quantiles. A row that is hopeless from the outset is left out. O(trees x depth x rows x columns).
/// </remarks>
internal sealed class TreeFit
{
    private const int TreeCount = 300;
    private const int Depth = 4;
    private const int Seed = 1;
    private const int CutCount = 24;
    private const double Step = 0.04;
    private const double Ridge = 1;
    private const double CurveMin = 0.5;

    /// <summary>Least share at the outset of a row that is fitted on.</summary>
    private const double HopeMin = 1e-4;

    /// <summary>Share of the columns that a tree may ask for, drawn for each.</summary>
    private const double ColumnShare = 0.3;

    private readonly double[][] _rows;
    private readonly double[][] _cuts;
    private readonly byte[][] _bins;
    private readonly double[] _scores, _slope, _curve;
    private readonly Random _random = new(Seed);
    private int[] _drawn = [];

    private TreeFit(double[][] rows, double[] scores)
    {
        (_rows, _scores, _slope, _curve) = (rows, scores, new double[rows.Length], new double[rows.Length]);
        _cuts = [.. rows[0].Select((_, column) => Cuts([.. rows.Select(row => row[column]).Order()]))];
        _bins = [.. _cuts.Select((cuts, column) => rows.Select(row => (byte)cuts.Count(cut => row[column] > cut)).ToArray())];
    }

    /// <summary>The trees.</summary>
    /// <param name="cases">The choices, and for each row the log-probability the trees add to; of several causes each
    /// competes with everything but the others.</param>
    public static ChoiceTree[] Fit(IEnumerable<(Choice Choice, double[] Known)> cases)
    {
        List<double[]> rows = [];
        List<double> scores = [];
        List<(int From, int To, int[] Causes)> choices = [];
        foreach (var (one, shares) in cases)
        {
            int[] hopeful = [.. Enumerable.Range(0, shares.Length).Where(row => shares[row] > Math.Log(HopeMin))];
            int[] causes = [.. one.Causes.Intersect(hopeful).Select(cause => rows.Count + Array.IndexOf(hopeful, cause))];
            if (causes.Length > 0)
            {
                choices.Add((rows.Count, rows.Count + hopeful.Length, causes));
                rows.AddRange(hopeful.Select(row => one.Rows[row]));
                scores.AddRange(hopeful.Select(row => shares[row]));
            }
        }

        var fit = new TreeFit([.. rows], [.. scores]);
        return [.. Enumerable.Range(0, TreeCount).Select(_ => fit.Next(choices))];
    }

    private ChoiceTree Next(List<(int From, int To, int[] Causes)> choices)
    {
        Array.Clear(_slope);
        Array.Clear(_curve);
        foreach (var (from, to, causes) in choices)
        {
            foreach (var cause in causes)
            {
                Push(from, to, cause, causes);
            }
        }

        _drawn = [.. Enumerable.Range(0, _cuts.Length).Where(_ => _random.NextDouble() < ColumnShare)];
        var forks = (1 << Depth) - 1;
        var tree = new ChoiceTree(new int[forks], new double[forks], new double[forks + 1]);
        Grow(tree, 0, [.. Enumerable.Range(0, _rows.Length)]);
        for (var row = 0; row < _rows.Length; row++)
        {
            _scores[row] += tree.Of(_rows[row]);
        }

        return tree;
    }

    /// <summary>Adds slope and curvature of the log-likelihood that one cause is chosen.</summary>
    private void Push(int from, int to, int cause, int[] causes)
    {
        bool Competes(int row) => row == cause || !causes.Contains(row);
        var top = _scores.AsSpan(from, to - from).ToArray().Max();
        double whole = 0;
        for (var row = from; row < to; row++)
        {
            whole += Competes(row) ? Math.Exp(_scores[row] - top) : 0;
        }

        for (var row = from; row < to; row++)
        {
            var share = Competes(row) ? Math.Exp(_scores[row] - top) / whole : 0;
            _slope[row] += ((row == cause ? 1 : 0) - share) / causes.Length;
            _curve[row] += share * (1 - share) / causes.Length;
        }
    }

    private void Grow(ChoiceTree tree, int fork, int[] rows)
    {
        var (slope, curve) = (rows.Sum(row => _slope[row]), rows.Sum(row => _curve[row]));
        if (fork >= tree.Columns.Length)
        {
            tree.Leaves[fork - tree.Columns.Length] = Step * slope / (curve + Ridge);
            return;
        }

        var (column, cut) = Best(rows, slope, curve);
        (tree.Columns[fork], tree.Cuts[fork]) = cut < 0 ? (0, double.PositiveInfinity) : (column, _cuts[column][cut]);
        var goes = rows.ToLookup(row => cut < 0 || _bins[column][row] <= cut);
        Grow(tree, (2 * fork) + 1, [.. goes[true]]);
        Grow(tree, (2 * fork) + 2, [.. goes[false]]);
    }

    /// <summary>The cut that gains most, of the columns drawn for this tree; below zero when none does.</summary>
    private (int Column, int Cut) Best(int[] rows, double slope, double curve)
    {
        var (best, most) = ((0, -1), 0.0);
        Span<double> slopes = stackalloc double[CutCount + 1];
        Span<double> curves = stackalloc double[CutCount + 1];
        foreach (var column in _drawn)
        {
            slopes.Clear();
            curves.Clear();
            foreach (var row in rows)
            {
                slopes[_bins[column][row]] += _slope[row];
                curves[_bins[column][row]] += _curve[row];
            }

            var (below, belowCurve) = (0.0, 0.0);
            for (var cut = 0; cut < _cuts[column].Length; cut++)
            {
                (below, belowCurve) = (below + slopes[cut], belowCurve + curves[cut]);
                var gain = Worth(below, belowCurve) + Worth(slope - below, curve - belowCurve) - Worth(slope, curve);
                if (gain > most && belowCurve >= CurveMin && curve - belowCurve >= CurveMin)
                {
                    (best, most) = ((column, cut), gain);
                }
            }
        }

        return best;
    }

    private static double Worth(double slope, double curve) => slope * slope / (curve + Ridge);

    /// <summary>Cuts between values at even quantiles.</summary>
    private static double[] Cuts(double[] sorted)
    {
        SortedSet<double> cuts = [];
        for (var part = 1; part < CutCount; part++)
        {
            var at = (int)((long)part * (sorted.Length - 1) / CutCount);
            var next = Array.FindIndex(sorted, at, value => value > sorted[at]);
            if (next > 0)
            {
                cuts.Add((sorted[at] + sorted[next]) / 2);
            }
        }

        return [.. cuts];
    }
}
