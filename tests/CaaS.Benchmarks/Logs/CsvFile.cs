using System.Text;

namespace CaaS.Benchmarks.Logs;

/// <summary>A file of comma-separated values with a header (RFC 4180).</summary>
internal sealed class CsvFile
{
    private readonly List<string[]> _rows = [];
    private readonly string[] _header;

    /// <summary>Reads a file.</summary>
    public CsvFile(byte[] file)
    {
        string text = Encoding.UTF8.GetString(file).TrimStart('\uFEFF');
        var field = new StringBuilder();
        var row = new List<string>();
        bool isQuoted = false;
        for (int index = 0; index < text.Length; index++)
        {
            char c = text[index];
            if (isQuoted)
            {
                bool isQuote = c == '"' && index + 1 < text.Length && text[index + 1] == '"';
                isQuoted = c != '"' || isQuote;
                index += isQuote ? 1 : 0;
                _ = isQuoted ? field.Append(c) : field;
            }
            else if (c == '"' && field.Length == 0)
            {
                isQuoted = true;
            }
            else if (c is ',' or '\n')
            {
                row.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (c == '\n')
                {
                    _rows.Add([.. row]);
                    row.Clear();
                }
            }
            else
            {
                field.Append(c);
            }
        }
        if (field.Length > 0 || row.Count > 0)
        {
            row.Add(field.ToString());
            _rows.Add([.. row]);
        }
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
