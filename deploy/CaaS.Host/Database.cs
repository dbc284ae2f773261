using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CaaS.Host;

/// <summary>The one database file that every stage's context shares.</summary>
internal static class Database
{
    private const string File = "caas.db";

    /// <summary>Tells a context where the database is.</summary>
    /// <param name="dataFolder">Data folder.</param>
    /// <returns>Configures a context.</returns>
    public static Action<DbContextOptionsBuilder> In(string dataFolder)
    {
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(Path.GetFullPath(dataFolder), File),
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
        return options => options.UseSqlite(connection);
    }
}
