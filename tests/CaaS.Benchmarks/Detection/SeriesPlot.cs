using System.Globalization;
using System.Net;
using System.Text;
using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>Draws a judged series as one self-contained SVG: values, expected band, labelled rows, score, alarms.
/// </summary>
internal sealed class SeriesPlot
{
    private const int Left = 70, Width = 1200, ValueTop = 100, ValueHeight = 300, ScoreTop = 430, ScoreHeight = 130;
    private const int Bottom = ScoreTop + ScoreHeight, LineHeight = 16, WordsPerLine = 28;
    private const double Headroom = 0.05;
    private const string Legend =
        "blue: value; green: expected band; orange: labelled; grey: score; red: alarms and threshold";

    private readonly JudgedSeries _judged;
    private readonly float _threshold;
    private readonly (double Low, double High)[] _bands;
    private readonly (double Low, double High) _values;
    private readonly StringBuilder _svg = new();

    /// <summary>Prepares the drawing.</summary>
    /// <param name="judged">What to draw.</param>
    /// <param name="options">Constants it was judged by.</param>
    public SeriesPlot(JudgedSeries judged, EnsembleOptions options)
    {
        _judged = judged;
        _threshold = options.Threshold;
        _bands = Bands(judged.Series, new SeriesEnsemble(options));
        var finite = judged.Series.Values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (finite.Min(), finite.Max());
        var room = Headroom * Math.Max(high - low, 1e-9);
        _values = (low - room, high + room);
    }

    /// <summary>The drawing.</summary>
    /// <param name="why">A sentence under the title.</param>
    public string ToSvg(string why)
    {
        var series = _judged.Series;
        _svg.Clear();
        Add($"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {Left + Width + 20} {Bottom + 40}'");
        Add($" font-family='sans-serif' font-size='12'><rect width='100%' height='100%' fill='white'/>");
        Text(Left, 22, "start", series.Name);
        foreach (var (line, words) in why.Split(' ').Chunk(WordsPerLine).Index())
        {
            Text(Left, 44 + (LineHeight * line), "start", string.Join(' ', words));
        }

        foreach (var (start, end) in series.Windows)
        {
            var width = Math.Max(1, X(end + 1) - X(start));
            Add($"<rect x='{X(start):F1}' y='{ValueTop}' width='{width:F1}' height='{Bottom - ValueTop}'");
            Add($" fill='#f6c89f' opacity='.6'/>");
        }

        Band();
        Line(series.Values, Y, "#1f4e79");
        var most = Math.Max(_threshold * 1.5, _judged.Verdicts.Max(v => v.Score));
        double ScoreY(double v) => ScoreTop + (ScoreHeight * (1 - (Math.Max(0, v) / most)));
        Line([.. _judged.Verdicts.Select(v => (double)v.Score)], ScoreY, "#555555");
        Add($"<path d='M{Left} {ScoreY(_threshold):F1}h{Width}' stroke='#b00020' stroke-dasharray='4'/>");
        foreach (var row in _judged.Alarms)
        {
            var verdict = _judged.Verdicts[row];
            Add($"<path d='M{X(row):F1} {ValueTop}v{Bottom - ValueTop}' stroke='#b00020' opacity='.7'>");
            Add($"<title>row {row}, {verdict.Feature}, score {verdict.Score:F1}</title></path>");
        }

        Text(4, ValueTop + 10, "start", Number(_values.High));
        Text(4, ValueTop + ValueHeight, "start", Number(_values.Low));
        Text(4, ScoreTop + 10, "start", "score " + Number(most));
        Text(4, Bottom, "start", "0");
        Text(Left, Bottom + 20, "start", Time(0));
        Text(Left + Width, Bottom + 20, "end", Time(^1));
        Text(Left + (Width / 2), Bottom + 20, "middle", Legend);
        Add($"</svg>");
        return _svg.ToString();
    }

    /// <summary>Band around the mid mean before each row, three standard deviations wide on each side.</summary>
    private static (double Low, double High)[] Bands(LabelledSeries series, SeriesEnsemble ensemble)
    {
        var state = new SeriesState();
        var bands = new (double, double)[series.Values.Length];
        var usual = new EnsembleVerdict(0, false, EnsembleFeature.LevelMid, 0);
        for (var row = 0; row < bands.Length; row++)
        {
            var expected = SeriesEnsemble.Explain(state, series.UnixMs[row], series.Values[row], usual);
            bands[row] = (expected.Low, expected.High);
            ensemble.Step(ref state, series.UnixMs[row], series.Values[row]);
        }

        return bands;
    }

    private double X(int row) => Left + ((double)Width * row / Math.Max(1, _judged.Verdicts.Length));

    private double Y(double value)
    {
        var (low, high) = _values;
        return ValueTop + (ValueHeight * (high - Math.Clamp(value, low, high)) / (high - low));
    }

    private void Band()
    {
        var every = Math.Max(1, _bands.Length / Width);
        var rows = Enumerable.Range(0, _bands.Length).Where(row => row % every == 0).ToArray();
        var upper = rows.Select(row => Point(row, Y(_bands[row].High)));
        var lower = rows.Reverse().Select(row => Point(row, Y(_bands[row].Low)));
        Add($"<polygon fill='#bfe3bf' opacity='.6' points='{string.Join(' ', upper.Concat(lower))}'/>");
    }

    /// <summary>Lowest and highest value of each pixel column, so that no spike is lost.</summary>
    private void Line(double[] values, Func<double, double> y, string colour)
    {
        var points = Enumerable.Range(0, values.Length)
            .Where(row => double.IsFinite(values[row]))
            .GroupBy(row => (int)X(row))
            .Select(column => new[] { column.MinBy(row => values[row]), column.MaxBy(row => values[row]) })
            .SelectMany(pair => pair.Order().Distinct())
            .Select(row => Point(row, y(values[row])));
        Add($"<polyline fill='none' stroke='{colour}' points='{string.Join(' ', points)}'/>");
    }

    private void Text(int x, int y, string anchor, string text) =>
        Add($"<text x='{x}' y='{y}' text-anchor='{anchor}'>{WebUtility.HtmlEncode(text)}</text>");

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private string Point(int row, double y) => string.Create(CultureInfo.InvariantCulture, $"{X(row):F1},{y:F1}");

    private string Time(Index row) => DateTimeOffset.FromUnixTimeMilliseconds(_judged.Series.UnixMs[row])
        .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private void Add(FormattableString line) => _svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
