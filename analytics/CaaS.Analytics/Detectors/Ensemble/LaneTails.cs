using System.Runtime.CompilerServices;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Decaying histograms of the sixteen features of one series: how rare is a deviation, by the series' own past.
/// </summary>
internal struct LaneTails
{
    internal const int PerSide = 24;
    internal const float BinsPerOctave = 3;
    private const float FirstLog = 0;
    private const int Rows = 2 * PerSide;

    private Cells _cells;
    private float _total;

    /// <summary>Ranks the deviations: minus the decimal logarithm of the share of points that deviated as far to the
    /// same side.</summary>
    public void Rank(ReadOnlySpan<float> deviations, Span<float> surprise, EnsembleOptions options)
    {
        Span<ushort> cells = _cells;
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            var deviation = deviations[lane];
            var size = MathF.Abs(deviation);
            if (size < 1f || float.IsNaN(deviation))
            {
                surprise[lane] = 0;
                continue;
            }

            var position = Math.Min((MathF.Log2(size) - FirstLog) * BinsPerOctave, PerSide - 0.001f);
            var bin = (int)position;
            var side = deviation > 0 ? PerSide : 0;
            float above = 0;
            var top = -1;
            for (var b = PerSide - 1; b > bin; b--)
            {
                var count = cells[((side + b) * Lanes.Count) + lane];
                above += count;
                top = top < 0 && count > 0 ? b : top;
            }

            var own = cells[((side + bin) * Lanes.Count) + lane];
            var tail = above + (own);
            if (above == 0 && own == 0)
            {
                var below = bin - 1;
                while (below >= 0 && cells[((side + below) * Lanes.Count) + lane] == 0)
                {
                    below--;
                }

                var beyond = (position - (below + 1)) / BinsPerOctave;
                surprise[lane] = MathF.Log10((_total + 1) / 0.5f) + (options.Beyond * beyond);
            }
            else
            {
                surprise[lane] = MathF.Log10((_total + 1) / (tail + 0.5f));
            }
        }
    }

    /// <summary>Remembers the deviations.</summary>
    public void Add(ReadOnlySpan<float> deviations, EnsembleOptions options)
    {
        Span<ushort> cells = _cells;
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            var deviation = deviations[lane];
            var size = MathF.Abs(deviation);
            if (size < 1f || float.IsNaN(deviation))
            {
                continue;
            }

            var position = Math.Min((MathF.Log2(size) - FirstLog) * BinsPerOctave, PerSide - 0.001f);
            cells[(((deviation > 0 ? PerSide : 0) + (int)position) * Lanes.Count) + lane]++;
        }

        if (++_total >= options.Memory)
        {
            foreach (ref var cell in cells)
            {
                cell = (ushort)((cell + 1) / 2);
            }

            _total /= 2;
        }
    }

    [InlineArray(Rows * Lanes.Count)]
    private struct Cells
    {
        private ushort _first;
    }
}
