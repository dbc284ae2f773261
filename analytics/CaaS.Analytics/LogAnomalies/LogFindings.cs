namespace CaaS.Analytics.LogAnomalies;

/// <summary>Where log anomalies are told.</summary>
/// <param name="told">Those that count.</param>
/// <param name="shadow">Those that are only counted.</param>
internal sealed class LogFindings(List<Anomaly> told, List<Anomaly> shadow)
{
    /// <summary>Tells an anomaly.</summary>
    public void Add(Anomaly anomaly) => told.Add(anomaly);

    /// <summary>Tells an anomaly as the mode of its kind says.</summary>
    public void Add(LogAnomalyMode mode, Anomaly? anomaly)
    {
        if (anomaly is not null)
        {
            (mode == LogAnomalyMode.On ? told : shadow).Add(anomaly);
        }
    }
}
