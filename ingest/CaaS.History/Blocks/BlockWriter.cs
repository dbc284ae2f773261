using System.Text.Json;
using CaaS.Log;
using CaaS.Signals;
using ParquetSharp;

namespace CaaS.History.Blocks;

/// <summary>Writes a frozen head as the files of a block into an empty folder.</summary>
internal static class BlockWriter
{
    private const int RowGroupRows = 128 * 1024; // About what one series of a day has, so a look-up reads one group.

    /// <summary>Writes the files.</summary>
    /// <returns>The manifest, not written yet.</returns>
    public static BlockManifest Write(string folder, Head head)
    {
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var (min, max) = (long.MaxValue, long.MinValue);
        WriteSeries(folder, head, rows, ref min, ref max);
        WriteRows(folder, RowKinds.Logs, head.Logs, rows, ref min, ref max);
        WriteRows(folder, RowKinds.Events, head.Events, rows, ref min, ref max);
        WriteRows(folder, RowKinds.Changes, head.Changes, rows, ref min, ref max);
        WriteRows(folder, RowKinds.Objects, head.Objects, rows, ref min, ref max);
        var (ignoredMin, ignoredMax) = (0L, 0L);
        WriteRows(folder, RowKinds.Live, head.StartObjects, rows, ref ignoredMin, ref ignoredMax);
        return new BlockManifest(
            BlockManifest.CurrentVersion, head.FromOffset, head.ToOffset, min, max, head.StartMaxMs, 0, rows);
    }

    /// <summary>Makes all files of the folder durable and writes the manifest that says the block is whole.</summary>
    public static void Seal(string folder, BlockManifest manifest)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            DurableFile.SyncFile(file);
        }

        DurableFile.WriteAtomically(
            Path.Combine(folder, Block.ManifestFile), JsonSerializer.SerializeToUtf8Bytes(manifest, SignalsJson.Options));
    }

    private static void WriteSeries(
        string folder, Head head, SortedDictionary<string, long> rows, ref long min, ref long max)
    {
        if (head.Series.Count == 0)
        {
            return;
        }

        var all = head.Series.OrderBy(pair => SeriesId.Of(pair.Key)).ToArray();
        using (var series = new ColumnFile(Block.FileIn(folder, Block.Series), SeriesId.Columns, SeriesId.Properties()))
        {
            var bounds = all.Select(pair => pair.Value.Bounds()).ToArray();
            min = Math.Min(min, bounds.Min(b => b.MinMs));
            max = Math.Max(max, bounds.Max(b => b.MaxMs));
            series.Begin();
            series.Add(all.Select(pair => SeriesId.Of(pair.Key)).ToArray());
            series.Add(all.Select(pair => pair.Key.Entity.Scope.Tenant).ToArray());
            series.Add(all.Select(pair => pair.Key.Entity.Scope.Cluster).ToArray());
            series.Add(all.Select(pair => pair.Key.Entity.ToString()).ToArray());
            series.Add(all.Select(pair => pair.Key.Metric).ToArray());
            series.Add(all.Select(pair => SeriesId.WriteLabels(pair.Key)).ToArray());
            series.Add(all.Select(pair => (int)pair.Key.Kind).ToArray());
            series.Add(bounds.Select(b => b.MinMs).ToArray());
            series.Add(bounds.Select(b => b.MaxMs).ToArray());
            series.End();
        }

        rows[Block.Series] = all.Length;
        rows[Block.Points] = WritePoints(folder, all);
    }

    private static long WritePoints(string folder, KeyValuePair<SeriesKey, HeadSeries>[] all)
    {
        using var properties = new WriterPropertiesBuilder()
            .Compression(Compression.Zstd)
            .CompressionLevel(3)
            .DisableDictionary("ts")
            .Encoding("ts", Encoding.DeltaBinaryPacked)
            .Build();
        using var file = new ColumnFile(
            Block.FileIn(folder, Block.Points),
            [new Column<long>("series"), new Column<long>("ts"), new Column<double>("value")],
            properties);
        var ids = new List<long>();
        var times = new List<long>();
        var values = new List<double>();
        var count = 0L;
        foreach (var (key, points) in all)
        {
            var (timestampMs, value) = points.Range(long.MinValue, long.MaxValue);
            ids.AddRange(Enumerable.Repeat(SeriesId.Of(key), value.Length));
            times.AddRange(timestampMs);
            values.AddRange(value);
            count += value.Length;
            if (ids.Count >= RowGroupRows)
            {
                Spill();
            }
        }

        Spill();
        return count;

        void Spill()
        {
            if (ids.Count > 0)
            {
                file.Begin();
                file.Add(ids.ToArray());
                file.Add(times.ToArray());
                file.Add(values.ToArray());
                file.End();
            }

            ids.Clear();
            times.Clear();
            values.Clear();
        }
    }

    private static void WriteRows<T>(
        string folder,
        RowKind<T> kind,
        IReadOnlyList<HeadRow<T>> rows,
        SortedDictionary<string, long> counts,
        ref long min,
        ref long max)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var sorted = rows.ToArray();
        Array.Sort(sorted, HeadRow<T>.ByTime);
        min = Math.Min(min, sorted[0].TimeMs);
        max = Math.Max(max, sorted[^1].TimeMs);
        using var properties = new WriterPropertiesBuilder()
            .Compression(Compression.Zstd)
            .CompressionLevel(3)
            .DisableDictionary("text")
            .DisableDictionary("json")
            .DisableDictionary("ts")
            .Encoding("ts", Encoding.DeltaBinaryPacked)
            .Build();
        using var file = new ColumnFile(
            Block.FileIn(folder, kind.Name),
            [
                new Column<long>("ts"), new Column<long>("offset"), new Column<int>("row"), new Column<string>("tenant"),
                new Column<string>("cluster"), new Column<string>("entity"), new Column<string>("owner"),
                new Column<int>("severity"), new Column<string>("text"), new Column<string>("json"),
            ],
            properties);
        foreach (var chunk in sorted.Chunk(RowGroupRows))
        {
            var keys = chunk.Select(row => kind.Keys(row.Row)).ToArray();
            file.Begin();
            file.Add(chunk.Select(row => row.TimeMs).ToArray());
            file.Add(chunk.Select(row => row.Offset).ToArray());
            file.Add(chunk.Select(row => row.Index).ToArray());
            file.Add(keys.Select(key => key.Entity.Scope.Tenant).ToArray());
            file.Add(keys.Select(key => key.Entity.Scope.Cluster).ToArray());
            file.Add(keys.Select(key => key.Entity.ToString()).ToArray());
            file.Add(keys.Select(key => key.Owner).ToArray());
            file.Add(keys.Select(key => key.Severity).ToArray());
            file.Add(keys.Select(key => key.Text).ToArray());
            file.Add(chunk.Select(row => kind.Write(row.Row)).ToArray());
            file.End();
        }

        counts[kind.Name] = sorted.Length;
    }
}
