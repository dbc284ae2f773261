using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>Finds when series first left their usual range and stayed out.</summary>
internal static class Moves
{
    private const double FirstShare = 0.25;
    private const double Far = 6;
    private const int Stay = 3;
    private const int CountMin = 8;

    public static ImmutableArray<Move> Of(ChangeQuestion question)
    {
        var moves = ImmutableArray.CreateBuilder<Move>();
        for (var index = 0; index < question.Series.Length; index++)
        {
            var series = question.Series[index];
            var count = series.Values.Length;
            var calm = Math.Max(CountMin, (int)(count * FirstShare));
            if (count < CountMin + Stay)
            {
                continue;
            }

            double[] before = [.. series.Values.Take(calm).Where(double.IsFinite).Order()];
            if (before.Length < CountMin / 2)
            {
                continue;
            }

            var (median, spread) = Robust.Centre(before);
            spread = Math.Max(spread, Math.Max(0.05 * Math.Abs(median), 1e-3));
            for (var at = calm; at + Stay <= count; at++)
            {
                if (series.Values.Skip(at).Take(Stay).All(value => Math.Abs(value - median) > Far * spread))
                {
                    var last = Robust.Median(series.Values.Skip(at).Where(double.IsFinite));
                    moves.Add(new Move(index, series.Entity, series.Times[at], median > 0 ? last / median
                        : double.PositiveInfinity));
                    break;
                }
            }
        }

        return moves.ToImmutable();
    }
}
