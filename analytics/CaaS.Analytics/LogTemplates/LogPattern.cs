using System.Globalization;
using CaaS.Analytics.State;

namespace CaaS.Analytics.LogTemplates;

/// <summary>One kind of line, as the miner knows it.</summary>
/// <remarks>
/// The id never changes. What the pattern covers only grows; every growth past its values counts the version up. A
/// pattern that another took in stays reachable by its id and names its heir: nothing is split, and nothing vanishes.
/// </remarks>
public sealed class LogPattern
{
    private readonly List<LogShape> _shapes = [];
    private readonly LogCell[] _cells;
    private readonly bool[] _isFree;
    private string? _text;
    private LogPattern? _heir;

    /// <summary>Makes the pattern of a line.</summary>
    /// <param name="number">In which order it was found.</param>
    /// <param name="id">Id.</param>
    /// <param name="first">Shape of the line.</param>
    internal LogPattern(int number, string id, LogShape first)
    {
        Number = number;
        Id = id;
        First = first;
        First.Pattern = this;
        _cells = [.. First.Cells];
        _isFree = new bool[_cells.Length];
        _shapes.Add(First);
    }

    /// <summary>Hash of the text it was first seen with, 16 hex digits.</summary>
    public string Id { get; }

    /// <summary>In which order it was found, from 0.</summary>
    public int Number { get; }

    /// <summary>1, and 1 more for every place that became a value and every pattern taken in.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Id and version, such as <c>9f86d081884c7d65.2</c>: what was told of it at that time.</summary>
    public string VersionedId => string.Create(CultureInfo.InvariantCulture, $"{Id}.{Version}");

    /// <summary>Lines seen, those of patterns it took in included.</summary>
    public long Lines { get; internal set; }

    /// <summary>The pattern that took this one in, at the end of the chain; itself when none did.</summary>
    public LogPattern Heir => _heir is null ? this : _heir = _heir.Heir;

    /// <summary>Text for people; <c>&lt;*&gt;</c> stands for what varies.</summary>
    public string Text => _heir is null ? _text ??= LogPatternText.Of(_shapes, _isFree) : Heir.Text;

    /// <summary>The shape it was made from.</summary>
    internal LogShape First { get; }

    /// <summary>Its places.</summary>
    internal ReadOnlySpan<LogCell> Cells => _cells;

    /// <summary>Shapes of lines it covers.</summary>
    internal IReadOnlyList<LogShape> Shapes => _shapes;

    /// <summary>True when words vary somewhere.</summary>
    internal bool HasFree { get; private set; }

    /// <summary>True where words vary.</summary>
    internal bool IsFree(int cell) => _isFree[cell];

    /// <summary>Forgets the text because something in it changed.</summary>
    internal void Renew() => _text = null;

    /// <summary>Tells whether a shape is covered.</summary>
    internal bool Covers(ReadOnlySpan<LogCell> cells)
    {
        if (cells.Length != _cells.Length)
        {
            return false;
        }

        for (var index = 0; index < cells.Length; index++)
        {
            if (cells[index].Key != _cells[index].Key
                && (!_isFree[index] || cells[index].IsFixed || cells[index].Context == LogTokenContext.Code))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes in a shape it covers.</summary>
    internal LogShape Add(string line, LogToken[] tokens, LogCell[] cells)
    {
        var shape = new LogShape(line, tokens, cells) { Pattern = this };
        _shapes.Add(shape);
        _text = null;
        return shape;
    }

    /// <summary>Makes a place a value.</summary>
    internal void Free(int cell)
    {
        _cells[cell] = _cells[cell] with { Key = LogToken.ValueKey };
        _isFree[cell] = true;
        HasFree = true;
        Version++;
        _text = null;
    }

    /// <summary>Takes in a pattern that has the same places.</summary>
    internal void TakeIn(LogPattern other)
    {
        foreach (var shape in other._shapes)
        {
            shape.Pattern = this;
            _shapes.Add(shape);
        }

        for (var index = 0; index < _cells.Length; index++)
        {
            _isFree[index] |= other._isFree[index];
        }

        HasFree |= other.HasFree;
        other._shapes.Clear();
        other._heir = this;
        Lines += other.Lines;
        Version++;
        _text = null;
    }

    /// <summary>Saves or loads what it knows but for its shapes.</summary>
    /// <param name="archive">Archive.</param>
    internal void Sync(StateArchive archive)
    {
        Version = archive.Value(Version);
        Lines = archive.Value(Lines);
        HasFree = archive.Value(HasFree);
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            _isFree[cell] = archive.Value(_isFree[cell]);
            _cells[cell] = _isFree[cell] ? _cells[cell] with { Key = LogToken.ValueKey } : _cells[cell];
        }
    }

    /// <summary>Saves or loads its shapes, or who took it in.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="sync">Hands over a shape.</param>
    /// <param name="patterns">All patterns, oldest first.</param>
    internal void SyncShapes(StateArchive archive, Func<LogShape?, LogShape> sync, List<LogPattern> patterns)
    {
        var heir = archive.Within(Heir == this ? -1 : Heir.Number, -1, Number - 1);
        _heir = heir < 0 ? null : patterns[heir];
        if (archive.IsLoading)
        {
            _shapes.Clear();
        }

        archive.List(_shapes, shape => archive.Shared(shape, sync));
        if (_heir is null == (_shapes.Count == 0))
        {
            throw StateArchive.Damaged("a template has no lines, or those of another");
        }

        foreach (var shape in _shapes)
        {
            shape.Pattern = shape.Cells.Length == _cells.Length
                ? this
                : throw StateArchive.Damaged("lines of a template differ in length");
        }
    }
}
