using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CaaS.Analytics.State;

namespace CaaS.Analytics.LogTemplates;

/// <summary>Sorts log lines into patterns, online, without knowing what wrote them.</summary>
/// <remarks>
/// Three steps. A line is cut into typed pieces and its hash without values looked up: nearly always that is all. A
/// shape never seen is compared by its places, lists and repeats put together. Later, patterns that are else the same
/// are put together where their words prove to vary (<see cref="LogMerger"/>): the idea of late merging is that of
/// Brain (Yu et al., "Brain: Log Parsing with Bidirectional Parallel Tree", IEEE TSC 2023), the tree of fixed depth
/// before it Drain's (He et al., ICWS 2017); neither's per-system regular expressions are needed. The id told with a
/// line is the one at that time; <see cref="LogPattern.Heir"/> says what it became later. Deterministic; not
/// thread-safe; the hot path allocates nothing.
/// </remarks>
public sealed class LogMiner
{
    private readonly LogMinerOptions _options;
    private readonly LogMinerRoom _room;
    private char[] _decoded = [];
    private readonly Dictionary<ulong, LogShape> _shapes = [];
    private readonly Dictionary<string, LogPattern> _byId = new(StringComparer.Ordinal);
    private readonly List<LogPattern> _patterns = [];
    private readonly LogCatalogue _catalogue = new();
    private readonly LogMerger _merger;
    private int _unsettled;

    /// <summary>Makes a miner.</summary>
    /// <param name="options">Limits.</param>
    public LogMiner(LogMinerOptions options)
        : this(options, new LogMinerRoom(options, options?.MaxShapes ?? 0))
    {
    }

    /// <summary>Makes a miner that shares room with others of one owner.</summary>
    /// <param name="options">Limits of this miner.</param>
    /// <param name="room">Room, made for these limits.</param>
    internal LogMiner(LogMinerOptions options, LogMinerRoom room)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _room = room;
        _merger = new LogMerger(options, _catalogue);
    }

    /// <summary>Every pattern ever told, oldest first; those taken in by another included.</summary>
    public IReadOnlyList<LogPattern> Patterns => _patterns;

    /// <summary>Patterns that another took in.</summary>
    public int Merged => _catalogue.TakenIn;

    /// <summary>Lines that had no pattern because a limit was reached.</summary>
    public long Unsorted { get; private set; }

    /// <summary>Finds a pattern by its id.</summary>
    /// <param name="id">Id that was told.</param>
    /// <returns>The pattern, or null when the id was never told.</returns>
    public LogPattern? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Takes in a line as it was written.</summary>
    /// <param name="line">UTF-8; what is malformed counts as the replacement character.</param>
    /// <returns>Its pattern, or null when it fits none and the limit is reached.</returns>
    public LogPattern? Add(ReadOnlySpan<byte> line)
    {
        // One character takes at most three bytes here; the rest of a longer line is not read anyway.
        line = line[..Math.Min(line.Length, 3 * _options.MaxLineLength)];
        if (_decoded.Length < line.Length)
        {
            _decoded = new char[3 * _options.MaxLineLength];
        }

        return Add(_decoded.AsSpan(0, Encoding.UTF8.GetChars(line, _decoded)));
    }

    /// <summary>Takes in a line.</summary>
    /// <param name="line">Line, or several: a message with a stack trace, of which the first line and the exceptions
    /// count. Any characters.</param>
    /// <returns>Its pattern, or null when it fits none and the limit is reached.</returns>
    public LogPattern? Add(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (StackTraceText.Head(line, _room.Head) is > 0 and var head)
        {
            line = _room.Head.AsSpan(0, head);
        }

        line = line.Length > _options.MaxLineLength ? line[.._options.MaxLineLength] : line;
        var count = new LogScanner(line, _room.Tokens).Scan();
        var tokens = _room.Tokens.AsSpan(0, count);
        var hash = Hash(tokens);
        if (!_shapes.TryGetValue(hash, out var shape))
        {
            return AddShape(line, tokens, hash);
        }

        if (shape.Observe(line, tokens))
        {
            shape.Pattern.Renew();
        }

        shape.Pattern.Lines++;
        return shape.Pattern;
    }

    /// <summary>Puts together what the lines so far show to be the same; happens by itself as patterns come.</summary>
    public void Settle()
    {
        _unsettled = 0;
        _merger.Merge();
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    internal void Sync(StateArchive archive)
    {
        Unsorted = archive.Value(Unsorted);
        archive.Value(ref _unsettled);
        archive.List(_patterns, pattern => Sync(archive, pattern));
        foreach (var pattern in _patterns)
        {
            pattern.SyncShapes(archive, shape => Sync(archive, shape), _patterns);
        }

        _catalogue.Sync(archive, _patterns);
        _merger.Sync(archive);
        if (archive.IsLoading)
        {
            Index();
        }
    }

    private LogPattern Sync(StateArchive archive, LogPattern? pattern)
    {
        var id = archive.Text(pattern?.Id ?? "");
        var first = archive.Shared(pattern?.First, shape => Sync(archive, shape));
        pattern ??= new LogPattern(_patterns.Count, id, first);
        pattern.Sync(archive);
        return pattern;
    }

    private LogShape Sync(StateArchive archive, LogShape? shape)
    {
        var line = archive.Text(shape?.Line ?? "");
        if (shape is null)
        {
            var tokens = _room.Tokens.AsSpan(0, new LogScanner(line, _room.Tokens).Scan()).ToArray();
            shape = new LogShape(line, tokens, LogCells.Of(line, tokens));
        }

        shape.Sync(archive);
        return shape;
    }

    /// <summary>Makes what can be worked out again of what was loaded.</summary>
    private void Index()
    {
        foreach (var pattern in _patterns)
        {
            var isNew = _byId.TryAdd(pattern.Id, pattern);
            foreach (var shape in pattern.Shapes)
            {
                isNew &= _shapes.TryAdd(Hash(shape.Tokens), shape);
                _room.TakeShape();
            }

            if (!isNew)
            {
                throw StateArchive.Damaged("a template is there twice");
            }
        }
    }

    private static ulong Hash(ReadOnlySpan<LogToken> tokens)
    {
        var hash = (ulong)tokens.Length;
        foreach (ref readonly var token in tokens)
        {
            hash = ((hash ^ token.Key) * 0x9FB21C651E98DF25UL) + (ulong)token.Kind;
            hash ^= hash >> 32;
        }

        return hash;
    }

    private LogPattern? AddShape(ReadOnlySpan<char> line, ReadOnlySpan<LogToken> tokens, ulong hash)
    {
        var text = line.ToString();
        var own = tokens.ToArray();
        var cells = LogCells.Of(text, own);
        var pattern = _catalogue.Find(cells);
        var isKept = _shapes.Count < _options.MaxShapes && _room.HasShapes;
        LogShape shape;
        if (pattern is not null)
        {
            shape = isKept ? pattern.Add(text, own, cells) : pattern.First;
            _catalogue.Touch(pattern);
        }
        else if (isKept && _patterns.Count - Merged < _options.MaxTemplates)
        {
            pattern = New(text, own, cells);
            shape = pattern.First;
        }
        else
        {
            Unsorted++;
            return null;
        }

        if (isKept)
        {
            _shapes.Add(hash, shape);
            _room.TakeShape();
        }

        pattern.Lines++;
        if (_unsettled > Math.Max(16, _patterns.Count / 8))
        {
            Settle();
        }

        return pattern.Heir;
    }

    private LogPattern New(string text, LogToken[] tokens, LogCell[] cells)
    {
        var first = new LogShape(text, tokens, cells);
        var id = IdOf(LogPatternText.Of([first], new bool[cells.Length]));
        while (_byId.ContainsKey(id))
        {
            // Two patterns can read the same, such as a line that says <*>: the number tells them apart.
            id = IdOf(id + _patterns.Count.ToString(CultureInfo.InvariantCulture));
        }

        var pattern = new LogPattern(_patterns.Count, id, first);
        _patterns.Add(pattern);
        _catalogue.Add(pattern);
        _byId.Add(pattern.Id, pattern);
        _unsettled++;
        return pattern;
    }

    private static string IdOf(string text) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text)).ToString("x16", CultureInfo.InvariantCulture);
}
