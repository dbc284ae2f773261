using CaaS.Alerting.Runtime.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CaaS.Alerting.Tests.Store;

/// <summary>A database in memory that lives as long as this object.</summary>
internal sealed class Database : IDbContextFactory<AlertingContext>, IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public Database() => _connection.Open();

    public AlertingContext CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<AlertingContext>();
        options.UseSqlite(_connection);
        AlertingContext.KeepOwnMigrations(options);
        return new AlertingContext(options.Options);
    }

    public void Dispose() => _connection.Dispose();
}
