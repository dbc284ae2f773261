using System.Text.Json;
using CaaS.Signals;
using ParquetSharp;

namespace CaaS.History.Blocks;

/// <summary>How a series is written in blocks.</summary>
/// <remarks>
/// Points name their series by <see cref="SeriesKey.Id"/>, so that one series has one id in all blocks. Two of a
/// million series share a 64-bit hash with a probability of 3e-8; they would then be read as one.
/// </remarks>
internal static class SeriesId
{
    public static Column[] Columns =>
    [
        new Column<long>("series"), new Column<string>("tenant"), new Column<string>("cluster"), new Column<string>("entity"),
        new Column<string>("metric"), new Column<string>("labels"), new Column<int>("kind"), new Column<long>("min_ts"),
        new Column<long>("max_ts"),
    ];

    public static WriterProperties Properties() =>
        new WriterPropertiesBuilder().Compression(Compression.Zstd).CompressionLevel(3).Build();

    public static long Of(SeriesKey key) => unchecked((long)key.Id);

    /// <summary>Labels as a JSON array: name, value, name, value.</summary>
    public static string WriteLabels(SeriesKey key) =>
        JsonSerializer.Serialize(key.Labels.SelectMany(label => new[] { label.Name, label.Value }).ToArray());

    public static SeriesKey Read(Scope scope, string entity, string metric, string labels, int kind)
    {
        // Not EntityRef.TryParse: what was taken in is given back, even with an empty part.
        var parts = entity.Split('/', 3);
        var named = new EntityRef(scope, parts[0], parts[1], parts[2]);
        var flat = JsonSerializer.Deserialize<string[]>(labels) ?? [];
        return new SeriesKey(
            named, metric, flat.Chunk(2).Select(pair => new Label(pair[0], pair[1])), (MetricKind)kind);
    }

    public static bool Match(SeriesQuery query, SeriesKey key)
    {
        if (key.Entity.Scope != query.Scope
            || (query.Entity is { } entity && key.Entity.ToString() != entity.ToString())
            || (query.Metric is { } metric && key.Metric != metric))
        {
            return false;
        }

        foreach (var label in query.Labels)
        {
            if (key.LabelOrNull(label.Name) != label.Value)
            {
                return false;
            }
        }

        return true;
    }
}
