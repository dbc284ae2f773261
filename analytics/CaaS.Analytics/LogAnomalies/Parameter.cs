using System.Globalization;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.LogTemplates;
using CaaS.Analytics.State;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>One named number in the lines of one template.</summary>
/// <remarks>
/// A single rare value is no news among thousands: what counts is how many of a window's values are rare one in a
/// hundred, by the tail of a binomial law of twice that share. Rare values are learned one in eight, so that a change
/// lasts long enough to be seen and yet becomes usual.
/// </remarks>
internal sealed class Parameter(LogTemplate template, string name, LogAlarm alarm)
{
    private const double RareShare = 0.01;
    private const int RareMin = 3;
    private const int JudgedMin = 4;
    private const int LearnRareEvery = 8;

    private readonly ValueHistogram _usual = new();
    private int _judged;
    private int _rare;
    private int _skipped;
    private LogVariable _worst;
    private (double Low, double High) _band;
    private double _worstP = 1;
    private string _line = "";

    /// <summary>Its name in the lines.</summary>
    public string Name => name;

    /// <summary>Its alarm.</summary>
    public LogAlarm Alarm => alarm;

    /// <summary>Template of its lines.</summary>
    public LogTemplate Template => template;

    /// <summary>Takes in a value.</summary>
    /// <param name="variable">Value, a finite number.</param>
    /// <param name="line">Its line.</param>
    public void Add(in LogVariable variable, string line)
    {
        var p = _usual.PValue(variable.Number);
        _judged += _usual.HasLearned ? 1 : 0;
        if (p > RareShare)
        {
            _usual.Learn(variable.Number);
            return;
        }

        _rare++;
        if (p < _worstP)
        {
            // What is usual is read before the rare values are learned.
            (_worst, _worstP, _line, _band) = (variable, p, line, _usual.Band());
        }

        if (++_skipped % LearnRareEvery == 0)
        {
            _usual.Learn(variable.Number);
        }
    }

    /// <summary>Judges the window, or goes on while it has too few values.</summary>
    /// <param name="startMs">Start of the window, Unix milliseconds.</param>
    /// <param name="nowMs">The step's now, its end.</param>
    /// <param name="found">Where to tell.</param>
    public void EndWindow(long startMs, long nowMs, LogFindings found)
    {
        if (_judged < JudgedMin)
        {
            return;
        }

        var (judged, rare) = (_judged, _rare);
        var p = Math.Clamp(CountTails.Binomial(rare, judged, 2 * RareShare), 1e-16, 1);
        var (low, high) = rare == 0 ? _usual.Band() : _band;
        var verdict = new Verdict
        {
            StartMs = startMs,
            NowMs = nowMs,
            Votes = rare >= RareMin && p <= LogAlarm.Alpha,
            IsInBand = p > 1e-3,
            IsUp = rare == 0 || _worst.Number > high,
            PValue = p,
            Drive = -Math.Log10(p),
            Observed = rare == 0 ? double.NaN : _worst.Number,
            Low = low,
            High = high,
            Feature = "",
        };
        alarm.Observe(verdict, () => Sentence(judged, rare, low, high, p), Usual, found);
        (_judged, _rare, _worstP) = (0, 0, 1);
    }

    /// <summary>Ends what is told.</summary>
    public void End(long nowMs, LogFindings found) => alarm.End(nowMs, Usual(), found);

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        alarm.Sync(archive);
        _usual.Sync(archive);
        archive.Value(ref _judged);
        archive.Value(ref _rare);
        archive.Value(ref _skipped);
        archive.Value(ref _worstP);
        _band = (archive.Value(_band.Low), archive.Value(_band.High));
        _line = archive.Text(_line);
        _worst = new LogVariable(
            archive.Text(_worst.Name ?? ""), archive.Text(_worst.Text ?? ""), archive.Value(_worst.Number),
            archive.Text(_worst.Unit ?? ""));
    }

    private string Sentence(int judged, int rare, double low, double high, double p) => string.Create(
        CultureInfo.InvariantCulture,
        $"'{name}' is {_worst.Number:0.###}{Unit()} where {low:0.#} to {high:0.#}{Unit()} is usual, "
        + $"so unusual in {rare} of {judged} lines (p {p:0.#e+0}): {LogAlarm.Quote(template, _line)}");

    private string Unit() => _worst.Unit.Length == 0 ? "" : " " + _worst.Unit;

    private string Usual() => $"'{name}' is as usual again: {template.Pattern.Text}";
}
