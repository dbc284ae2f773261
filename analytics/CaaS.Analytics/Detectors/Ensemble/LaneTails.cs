using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Decaying histograms of the sixteen features of one series: how rare is a deviation by the series' own past.
/// </summary>
/// <remarks>
/// Hot path: 16 half-octave bins a side from 1 to 192 standard deviations, one byte a cell, feature-minor, so that one
/// vector holds a bin of all features: 512 bytes. A byte is a float of four bits mantissa and four bits exponent that
/// is counted up with the chance 2^-exponent (Morris, "Counting large numbers of events in small registers", CACM 1978;
/// here with a hash of the point's number instead of randomness): exact to 32, then within a few per cent. Mutable
/// struct: keep it in a field, never copy it.
/// </remarks>
internal struct LaneTails
{
    private const int Side = 16;
    private const int Width = EnsembleOptions.FeatureCount;
    private const int OneAsHalfOctave = 127 << 1;

    private Cells _cells;
    private float _total;

    /// <summary>Ranks deviations.</summary>
    /// <param name="deviations">Sixteen, in standard deviations, with sign; below one is usual.</param>
    /// <param name="surprises">Sixteen out: minus the decimal logarithm of the share of points that deviated as far to
    /// the same side, and more beyond the farthest.</param>
    /// <param name="beyond">Decimal digits per doubling beyond the farthest.</param>
    public readonly void Rank(ReadOnlySpan<float> deviations, Span<float> surprises, float beyond)
    {
        var z = Vector512.Create(deviations);
        var bits = Vector512.Abs(z).AsInt32();
        var bin = BinOf(z);
        var isCounted = Vector512.GreaterThanOrEqual(bin, Vector512<int>.Zero);
        var (tail, top) = Above(bin, Vector512.GreaterThan(z, Vector512<float>.Zero).AsInt32());

        var within = Vector512.ConvertToSingle(bits & Vector512.Create((1 << 22) - 1)) * (1f / (1 << 22));
        var outside = Vector512.ConvertToSingle(bin - top - Vector512<int>.One) + within;
        outside = Vector512.Max(outside, Vector512<float>.Zero) * (beyond / 2);
        var odds = Vector512.Create(_total + 1) / (tail + Vector512.Create(0.5f));
        var rarity = (Vector512.Log2(odds) * 0.30103f) + outside;
        (rarity.AsInt32() & isCounted).AsSingle().CopyTo(surprises);
    }

    /// <summary>Remembers deviations.</summary>
    /// <param name="deviations">As ranked.</param>
    /// <param name="memory">Points after which counts halve.</param>
    /// <param name="number">Number of the point, for the counting.</param>
    public void Remember(ReadOnlySpan<float> deviations, float memory, int number)
    {
        var z = Vector512.Create(deviations);
        var bin = BinOf(z);
        Count(
            bin,
            Vector512.GreaterThan(z, Vector512<float>.Zero).AsInt32(),
            Vector512.GreaterThanOrEqual(bin, Vector512<int>.Zero),
            number);
        if (++_total >= memory)
        {
            Halve();
        }
    }

    private static Vector512<int> BinOf(Vector512<float> z) => Vector512.Min(
        (Vector512.Abs(z).AsInt32() >>> 22) - Vector512.Create(OneAsHalfOctave), Vector512.Create(Side - 1));

    /// <summary>Points on the same side as far out or farther, and the farthest bin that holds one.</summary>
    private readonly (Vector512<float> Tail, Vector512<int> Top) Above(Vector512<int> bin, Vector512<int> isUp)
    {
        var tail = Vector512<int>.Zero;
        var top = Vector512.Create(-1);
        ref var first = ref Unsafe.As<Cells, byte>(ref Unsafe.AsRef(in _cells));
        for (var at = Side - 1; at >= 0; at--)
        {
            var up = Widen(Vector128.LoadUnsafe(ref first, (nuint)((Side + at) * Width)));
            var down = Widen(Vector128.LoadUnsafe(ref first, (nuint)(at * Width)));
            var cell = Vector512.ConditionalSelect(isUp, up, down);
            var row = Vector512.Create(at);
            top = Vector512.Max(top, Vector512.GreaterThan(cell, Vector512<int>.Zero) & (row + Vector512<int>.One));
            tail += Number(cell) & Vector512.GreaterThanOrEqual(row, bin);
        }

        // The lowest bin's number is 0, so occupied bins were noted one too high.
        return (Vector512.ConvertToSingle(tail), Vector512.Max(top - Vector512<int>.One, Vector512.Create(-1)));
    }

    private static Vector512<int> Widen(Vector128<byte> cells)
    {
        var (low, high) = Vector128.Widen(cells);
        return Vector512.WidenLower(Vector512.Create(Vector256.Create(low, high), Vector256<ushort>.Zero)).AsInt32();
    }

    /// <summary>Number a byte stands for: its mantissa below 16, else (16 + mantissa) · 2^(exponent − 1).</summary>
    private static Vector512<int> Number(Vector512<int> cell)
    {
        // Built as a float: exponent to its place, mantissa below it.
        var large = ((cell + Vector512.Create((127 + 3) << 4)) << 19).AsSingle();
        return Vector512.ConditionalSelect(
            Vector512.LessThan(cell, Vector512.Create(16)), cell, Vector512.ConvertToInt32(large));
    }

    private void Count(Vector512<int> bin, Vector512<int> isUp, Vector512<int> isCounted, int number)
    {
        Span<byte> cells = _cells;
        var rows = (bin + (isUp & Vector512.Create(Side))) * Width;
        var counted = isCounted.ExtractMostSignificantBits();
        while (counted != 0)
        {
            var lane = System.Numerics.BitOperations.TrailingZeroCount(counted);
            counted &= counted - 1;
            ref var cell = ref cells[rows[lane] + lane];
            var exponent = cell >> 4;
            if (exponent < 2 || (Hash(number, lane) & ((1u << (exponent - 1)) - 1)) == 0)
            {
                cell = (byte)Math.Min(255, cell + 1);
            }
        }
    }

    private static uint Hash(int number, int lane)
    {
        var hash = ((uint)number * 0x9E3779B1u) ^ ((uint)lane * 0x85EBCA77u);
        hash = (hash ^ (hash >> 16)) * 0x7FEB352Du;
        hash = (hash ^ (hash >> 15)) * 0x846CA68Bu;
        return hash ^ (hash >> 16);
    }

    private void Halve()
    {
        foreach (ref var cell in (Span<byte>)_cells)
        {
            cell = cell >= 32 ? (byte)(cell - 16) : cell >= 16 ? (byte)(cell / 2) : (byte)((cell + 1) / 2);
        }

        _total /= 2;
    }

    [InlineArray(2 * Side * Width)]
    private struct Cells
    {
        private byte _first;
    }
}
