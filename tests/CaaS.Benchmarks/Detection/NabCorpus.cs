using System.Text;
using System.Text.Json;
using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Detection;

/// <summary>The Numenta Anomaly Benchmark: series, windows and the published detectors' raw scores.</summary>
internal sealed class NabCorpus
{
    private readonly DataFolder _folder;

    private NabCorpus(DataFolder folder, LabelledSeries[] series)
    {
        _folder = folder;
        Series = series;
    }

    /// <summary>Series in ordinal order of their paths.</summary>
    public LabelledSeries[] Series { get; }

    /// <summary>Reads the corpus.</summary>
    public static NabCorpus Open(DataFolder folder)
    {
        using var labels = JsonDocument.Parse(folder.Files["labels/combined_windows.json"]);
        var series = new List<LabelledSeries>();
        foreach (var property in labels.RootElement.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            if (folder.Files.TryGetValue("data/" + property.Name, out var file))
            {
                series.Add(Read(property.Name, file, property.Value));
            }
        }

        return new NabCorpus(folder, [.. series]);
    }

    /// <summary>Raw scores a published detector gave, per series of <see cref="Series"/>; empty when not
    /// held.</summary>
    public double[][] Published(string detector)
    {
        if (!_folder.Files.TryGetValue($"reference-results/scores/{detector}.csv.gz", out var file))
        {
            return [];
        }

        var byName = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        List<double> block = [];
        foreach (var line in Csv.Lines(file))
        {
            if (line[0] == '#')
            {
                byName[line[1..].Trim()] = block = [];
            }
            else
            {
                block.Add(Csv.Number(line));
            }
        }

        return [.. Series.Select(s => byName.TryGetValue(s.Name, out var scores) ? scores.ToArray() : new double[s.Values.Length])];
    }

    /// <summary>Published normalised scores: detector, then profile.</summary>
    public Dictionary<string, Dictionary<string, double>> PublishedFigures() =>
        _folder.Files.TryGetValue("results/final_results.json", out var file)
            ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(Encoding.UTF8.GetString(file))!
            : [];

    private static LabelledSeries Read(string name, byte[] file, JsonElement windows)
    {
        var times = new List<long>();
        var values = new List<double>();
        var firstRow = new Dictionary<long, int>();
        foreach (var cells in Csv.Rows(file).Skip(1))
        {
            var ms = Csv.UnixMs(cells[0]);
            firstRow.TryAdd(ms, times.Count);
            times.Add(ms);
            values.Add(Csv.Number(cells[1]));
        }

        var rows = windows.EnumerateArray()
            .Select(w => (firstRow[Csv.UnixMs(w[0].GetString()!)], firstRow[Csv.UnixMs(w[1].GetString()!)]))
            .ToArray();
        return new LabelledSeries(name, [.. times], [.. values], rows);
    }
}
