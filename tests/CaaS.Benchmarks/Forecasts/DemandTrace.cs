using System.Globalization;
using System.Text;

namespace CaaS.Benchmarks.Forecasts;

/// <summary>Demand of one workload, one value a minute.</summary>
/// <param name="Name">The file.</param>
/// <param name="Minutes">The values; NaN where the file has a gap.</param>
internal sealed record DemandTrace(string Name, double[] Minutes)
{
    /// <summary>Minutes in a day.</summary>
    public const int Day = 1440;

    /// <summary>Reads <c>ts,value</c>; several samples a minute count as their mean.</summary>
    public static DemandTrace Read(string name, byte[] file)
    {
        var rows = Encoding.UTF8.GetString(file).Split('\n').Skip(1)
            .Where(line => line.Length > 0)
            .Select(line => line.Split(','))
            .Select(cells => (
                Minute: long.Parse(cells[0], CultureInfo.InvariantCulture) / 60,
                Value: double.Parse(cells[1], CultureInfo.InvariantCulture)))
            .OrderBy(r => r.Minute).ToArray();
        var minutes = new double[rows[^1].Minute - rows[0].Minute + 1];
        Array.Fill(minutes, double.NaN);
        foreach (var minute in rows.GroupBy(r => r.Minute))
        {
            minutes[minute.Key - rows[0].Minute] = minute.Average(r => r.Value);
        }
        return new DemandTrace(name, minutes);
    }
}
