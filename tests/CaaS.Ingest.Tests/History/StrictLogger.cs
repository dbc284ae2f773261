using CaaS.History;
using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Tests.History;

/// <summary>Fails the test where the code only logs an error and goes on.</summary>
internal sealed class StrictLogger : ILogger<IHistory>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Error)
        {
            throw new InvalidOperationException(formatter(state, exception), exception);
        }
    }
}
