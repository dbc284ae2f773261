using System.Globalization;
using System.Text;

namespace CaaS.Benchmarks.Forecasts;

/// <summary>One series of the M4 competition.</summary>
/// <param name="Id">Its name in the files.</param>
/// <param name="Train">What forecasters may see.</param>
/// <param name="Test">What came after.</param>
internal sealed record M4Series(string Id, double[] Train, double[] Test)
{
    /// <summary>Reads the two ragged tables of a frequency; both list the same series in the same order.</summary>
    public static M4Series[] Read(byte[] train, byte[] test)
    {
        (string Id, double[] Values)[] before = Rows(train);
        Dictionary<string, double[]> after = Rows(test).ToDictionary(r => r.Id, r => r.Values, StringComparer.Ordinal);
        return [.. before.Select(row => new M4Series(row.Id, row.Values, after[row.Id]))];
    }

    /// <summary>The same series some steps earlier: the last points of the training part become the test.</summary>
    public M4Series Earlier(int count)
    {
        int cut = Train.Length - count;
        return new M4Series(Id, Train[..cut], Train[cut..(cut + Test.Length)]);
    }

    private static (string Id, double[] Values)[] Rows(byte[] table) =>
    [
        .. Encoding.UTF8.GetString(table).Split('\n').Skip(1).Where(line => line.Length > 0).Select(line =>
        {
            string[] cells = line.TrimEnd('\r').Split(',').Select(c => c.Trim('"')).Where(c => c.Length > 0).ToArray();
            return (cells[0], cells.Skip(1).Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray());
        }),
    ];
}
