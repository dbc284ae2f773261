using CaaS.Benchmarks.Scoring;

namespace CaaS.Benchmarks.Logs;

/// <summary>A file of comma-separated values with a header.</summary>
internal sealed class CsvFile
{
    private readonly List<string[]> _rows = [];
    private readonly string[] _header;

    /// <summary>Reads a file.</summary>
    public CsvFile(byte[] file)
    {
        _rows.AddRange(Csv.Rows(file));
        _header = _rows.Count > 0 ? _rows[0] : [];
        _rows.RemoveAll(cells => ReferenceEquals(cells, _header) || cells.Length < _header.Length);
    }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header => _header;

    /// <summary>Rows without the header.</summary>
    public IReadOnlyList<string[]> Rows => _rows;

    /// <summary>One column.</summary>
    public string[] Column(string name)
    {
        int at = Array.IndexOf(_header, name);
        return at < 0 ? throw new InvalidDataException($"no column {name}") : [.. _rows.Select(row => row[at])];
    }
}
