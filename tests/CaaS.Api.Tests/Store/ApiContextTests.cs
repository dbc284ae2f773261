using CaaS.Api.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CaaS.Api.Tests.Store;

public class ApiContextTests
{
    private const string Schema =
        "select sql as Value from sqlite_master where sql is not null and tbl_name <> 'api_migrations' "
        + "and tbl_name not like 'sqlite%' and tbl_name <> '__EFMigrationsLock' order by name";

    [Fact]
    public async Task The_migration_makes_what_the_model_says()
    {
        var none = TestContext.Current.CancellationToken;
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(none);
        var options = new DbContextOptionsBuilder<ApiContext>();
        options.UseSqlite(connection);
        ApiContext.KeepOwnMigrations(options);
        await using var context = new ApiContext(options.Options);

        await context.Database.MigrateAsync(none);
        var migrated = await context.Database.SqlQueryRaw<string>(Schema).ToListAsync(none);
        await context.Database.ExecuteSqlRawAsync("drop table api_audit; drop table api_grants; drop table api_migrations", none);
        await context.Database.ExecuteSqlRawAsync(context.Database.GenerateCreateScript(), none);
        var modelled = await context.Database.SqlQueryRaw<string>(Schema).ToListAsync(none);

        Assert.Equal(modelled, migrated);
    }
}
